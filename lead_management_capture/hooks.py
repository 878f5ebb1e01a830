from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Forget by hand what Odoo would look for in a model that is gone, and delete the
    files that wait with submissions. Those of leads stay with them."""
    env["ir.attachment"].search(
        [("res_model", "=", "crm.lead.capture.submission")]
    ).unlink()
    forget_inherited(env, "lead_management_capture")
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.fields.selection'
           AND name LIKE 'selection__crm_lead_capture_form__activity_%'
        """
    )
