"""What uninstalling does beyond removing what the data files loaded."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in a model that is gone."""
    forget_inherited(env, "lead_management_consent")
