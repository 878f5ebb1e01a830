"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in models that are gone."""
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND module = 'lead_management_score'
        """
    )
