"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Delete drafts, which nobody could tell from archived rules any more, and forget
    by hand what Odoo would look for in a model that is gone."""
    rules = env["crm.lead.assignment.rule"].with_context(active_test=False)
    rules.search([("draft_of_id", "!=", False), ("active", "=", False)]).unlink()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND name LIKE 'model_inherit__crm_lead_assignment_simulation%'
        """
    )
