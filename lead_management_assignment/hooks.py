"""What installing and uninstalling do beyond what the data files hold."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def post_init_hook(env):
    """Give each company an archived rule to begin with."""
    env["crm.lead.assignment.rule"]._ship_for(env["res.company"].search([]))


def uninstall_hook(env):
    """Let go of what keeps queues from being deleted, and of models' mixins."""
    env.flush_all()
    env.cr.execute("UPDATE crm_lead SET queue_id = NULL WHERE queue_id IS NOT NULL")
    env["crm.lead"].invalidate_model(["queue_id"])
    forget_inherited(env, "lead_management_assignment")
