"""What uninstalling does beyond removing what the data files loaded."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Let go of what keeps plans from being deleted, and forget by hand what Odoo would
    look for in models that are gone. Steps that only this addon can take go with it, as
    Odoo would plan an activity in place of an email."""
    env.cr.execute("DELETE FROM crm_lead_plan_run")
    env["crm.lead.plan.run"].invalidate_model()
    templates = env["mail.activity.plan.template"]
    templates.search([("mail_template_id", "!=", False)]).unlink()
    templates.search([("responsible_type", "=", "lead_owner")]).write(
        {"responsible_type": "on_demand"}
    )
    forget_inherited(env, "lead_management_plan")
