from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    forget_inherited(env, "lead_management_ads")
