"""What uninstalling does beyond removing what the data files loaded."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Delete drafts, which nobody could tell from archived rules any more, and forget
    by hand what Odoo would look for in a model that is gone."""
    rules = env["crm.lead.assignment.rule"].with_context(active_test=False)
    rules.search([("draft_of_id", "!=", False), ("active", "=", False)]).unlink()
    forget_inherited(env, "lead_management_simulator")
