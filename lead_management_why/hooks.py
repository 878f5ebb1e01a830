"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in a model that is gone."""
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND name LIKE 'model_inherit__crm_lead_decision__%'
        """
    )
    env["ir.config_parameter"].search(
        [("key", "=", "lead_management.why_days")]
    ).unlink()
