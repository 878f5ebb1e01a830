from odoo.addons.lead_management.hooks.inherited import forget_inherited


def post_init_hook(env):
    """Take over what is known of answers from before."""
    env["crm.lead"]._fill_answers()


def uninstall_hook(env):
    """Take off the reminders that are left, as a type is kept as long as one is."""
    types = env["crm.lead"]._get_known_types()
    env["mail.activity"].with_context(active_test=False).search(
        [("activity_type_id", "in", types.ids)]
    ).unlink()
    forget_inherited(env, "crm.lead.response.policy")
