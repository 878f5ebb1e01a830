"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in a model that is gone, and the
    activities that nothing would close any more."""
    activity_type = env.ref("lead_management_form_health.mail_activity_type_trial")
    env["mail.activity"].search([("activity_type_id", "=", activity_type.id)]).unlink()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND name LIKE 'model_inherit__crm_lead_capture_visit__%'
        """
    )
