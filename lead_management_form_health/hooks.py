from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Delete the activities that nothing would close any more."""
    activity_type = env.ref("lead_management_form_health.mail_activity_type_trial")
    env["mail.activity"].search([("activity_type_id", "=", activity_type.id)]).unlink()
    forget_inherited(env, "lead_management_form_health")
