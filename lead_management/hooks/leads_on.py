"""Leads are turned on where they were off, and off again in the end."""

import json
from ast import literal_eval

from odoo.fields import Command

# What was turned on, kept for the day of uninstalling
ENABLED_PARAMETER = "lead_management.enabled_leads"


def enable_leads(env):
    """Turn on leads for those who sell, now and in future, and for their mail.

    Not by the switch in the CRM settings: that one is for every employee, and from then
    on every new opportunity is a lead unless said otherwise. Where it is on, there is
    nothing to do.
    """
    use_lead = env.ref("crm.group_use_lead")
    if use_lead in env.ref("base.group_user").all_implied_ids:
        return
    salesman = env.ref("sales_team.group_sale_salesman")
    users = (salesman.all_user_ids | env.ref("base.user_admin")) - use_lead.user_ids
    teams = env["crm.team"].search(
        [("use_opportunities", "=", True), ("use_leads", "=", False)]
    )
    use_lead.user_ids = [Command.link(user.id) for user in users]
    env.ref("base.default_user_group").implied_ids = [Command.link(use_lead.id)]
    env.ref("crm.crm_menu_leads").group_ids = [Command.link(salesman.id)]
    aliases = {team.id: team.alias_defaults for team in _get_all_teams(env)}
    teams.use_leads = True
    for team in env["crm.team"].search([]):
        # What mail to the team becomes
        team.alias_id.write(team._alias_get_creation_values())
    env["ir.config_parameter"].set_param(
        ENABLED_PARAMETER,
        json.dumps({"users": users.ids, "teams": teams.ids, "aliases": aliases}),
    )


def disable_leads(env):
    """Turn off leads where `enable_leads` turned them on, unless an admin turned them
    on for everybody since."""
    enabled = env["ir.config_parameter"].get_param(ENABLED_PARAMETER)
    if not enabled:
        return
    enabled = json.loads(enabled)
    use_lead = env.ref("crm.group_use_lead")
    salesman = env.ref("sales_team.group_sale_salesman")
    users = env["res.users"].browse(enabled["users"]).exists()
    use_lead.user_ids = [Command.unlink(user.id) for user in users]
    env.ref("base.default_user_group").implied_ids = [Command.unlink(use_lead.id)]
    env.ref("crm.crm_menu_leads").group_ids = [Command.unlink(salesman.id)]
    if use_lead in env.ref("base.group_user").all_implied_ids:
        return
    env["crm.team"].browse(enabled["teams"]).exists().use_leads = False
    _restore_aliases(env, enabled.get("aliases", {}))


def keep_leads_visible(env):
    """Leave Odoo's own menu of leads to those who had it, if there are leads that
    would be in no menu else."""
    enabled = env["ir.config_parameter"].get_param(ENABLED_PARAMETER)
    leads = env["crm.lead"].with_context(active_test=False)
    if not enabled or not leads.search_count([("type", "=", "lead")], limit=1):
        return
    users = env["res.users"].browse(json.loads(enabled)["users"]).exists()
    env.ref("crm.group_use_lead").user_ids = [Command.link(user.id) for user in users]


def _restore_aliases(env, before):
    """Let mail to the teams become again what it became before, and mail to those that
    are new become what their members can see.

    :param dict before: what the aliases gave by default, by the team's id as text
    """
    users = env.ref("crm.group_use_lead").all_user_ids
    for team in _get_all_teams(env):
        now = literal_eval(team.alias_defaults or "{}")
        old = literal_eval(before.get(str(team.id)) or "{}")
        changed = {name for name in {*now, *old} if now.get(name) != old.get(name)}
        if old and changed <= {"type", "team_id"}:
            team.alias_defaults = before[str(team.id)]
        elif now.get("type") == "lead":
            stays = "lead" if team.use_leads and users else "opportunity"
            now["type"] = old.get("type", stays)
            team.alias_defaults = repr(now)


def _get_all_teams(env):
    return env["crm.team"].with_context(active_test=False).search([])
