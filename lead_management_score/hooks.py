"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget the setting, and by hand what Odoo would look for in models that are
    gone."""
    env["ir.config_parameter"].search(
        [("key", "=", "lead_management.score_needed")]
    ).unlink()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND module = 'lead_management_score'
        """
    )
