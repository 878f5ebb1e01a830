from odoo.addons.lead_management.hooks.columns import create_columns_of_one_value
from odoo.addons.lead_management.hooks.inherited import forget_inherited

from .models.crm_lead.response_past import PAST_PARAMETER

COLUMNS = {"response_state": ("varchar", "none"), "response_done": ("varchar", "")}


def pre_init_hook(env):
    create_columns_of_one_value(env.cr, COLUMNS)


def post_init_hook(env):
    """Take over what is known of answers from before."""
    env["crm.lead"]._take_over_answers()


def uninstall_hook(env):
    """Forget what is left to take over, and take off the reminders that are left, as a
    type is kept as long as one is."""
    env["ir.config_parameter"].set_param(PAST_PARAMETER, False)
    types = env["crm.lead"]._get_known_types()
    env["mail.activity"].with_context(active_test=False).search(
        [("activity_type_id", "in", types.ids)]
    ).unlink()
    forget_inherited(env, "lead_management_response")
