"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in a model that is gone, and delete the
    files that wait with submissions. Those of leads stay with them."""
    env["ir.attachment"].search(
        [("res_model", "=", "crm.lead.capture.submission")]
    ).unlink()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND name LIKE 'model_inherit__crm_lead_capture_form__%'
            OR model = 'ir.model.fields.selection'
           AND name LIKE 'selection__crm_lead_capture_form__activity_%'
        """
    )
