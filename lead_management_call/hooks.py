"""What uninstalling does beyond removing what the data files loaded."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Let go of what keeps outcomes from being deleted, and forget by hand what Odoo
    would look for in models that are gone."""
    env.cr.execute("DELETE FROM crm_lead_call")
    env["crm.lead.call"].invalidate_model()
    forget_inherited(env, "lead_management_call")
