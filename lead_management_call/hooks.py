"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Let go of what keeps outcomes from being deleted, and forget by hand what Odoo
    would look for in models that are gone."""
    env.cr.execute("DELETE FROM crm_lead_call")
    env["crm.lead.call"].invalidate_model()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND module = 'lead_management_call'
        """
    )
