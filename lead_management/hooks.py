"""What installing and uninstalling does beyond loading the data files."""

import json
import logging
from ast import literal_eval

from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .tools import person_name, web_domain
from .tools.account_key import company_key

_logger = logging.getLogger(__name__)

BATCH_SIZE = 10_000
# The stored computed columns of leads: their types, and what the leads that are there
# already get, either all the same …
SAME_FOR_ALL = {
    "bant_contact": ("varchar", "unknown"),
    "bant_need": ("varchar", "unknown"),
    "bant_budget": ("varchar", "unknown"),
    "bant_authority": ("varchar", "unknown"),
    "bant_timing": ("varchar", "unknown"),
    "bant_score": ("int4", 0),
    "stars": ("varchar", "0"),
    "is_unread": ("bool", False),
    # Nobody gets tasks for what was forgotten before the addon came.
    "neglect_level": ("int4", 2),
}
# … or each its own, by SQL on the lead and on what `_read_names` makes of it.
OF_EACH = {
    "contact_first_name": ("varchar", "NULLIF(names.first_name, '')"),
    "contact_last_name": ("varchar", "NULLIF(names.last_name, '')"),
    "account_key": ("varchar", "NULLIF(names.account_key, '')"),
    "account_domain": ("varchar", "NULLIF(names.account_domain, '')"),
    "date_status_update": ("timestamp", "COALESCE(date_open, create_date)"),
    "date_last_touch": ("timestamp", "COALESCE(write_date, create_date)"),
    "industry_id": (
        "int4",
        "(SELECT industry_id FROM res_partner WHERE id = crm_lead.partner_id)",
    ),
    # When the addon's data is there
    "status_id": ("int4", "NULL"),
}
LEAD_COLUMNS = SAME_FOR_ALL | OF_EACH

PARTNER_COLUMNS = {
    "account_key": "varchar",
    "account_domain": "varchar",
    "account_email_domain": "varchar",
    "account_key_version": "int4",
}
# So many partners get their keys at once; more, after installing, batch by batch.
FILLED_AT_ONCE = 20_000

# Records of native models that the addon ships, with the names they go by. Where the
# database has one of that name it is adopted instead of created again.
SHIPPED_RECORDS = {
    "utm.source": {
        "utm_source_call": "Call",
        "utm_source_email": "Email",
        "utm_source_existing_customer": "Existing Customer",
        "utm_source_partner": "Partner",
        "utm_source_public_relations": "Public Relations",
        "utm_source_web_site": "Web Site",
        "utm_source_campaign": "Campaign",
        "utm_source_other": "Other",
    },
    "crm.tag": {
        "crm_tag_pricing_request": "Pricing request",
        "crm_tag_demo": "Demo",
        "crm_tag_no_intent": "No intent",
    },
}
# What the database was like before, kept for the day of uninstalling
ADOPTED_PARAMETER = "lead_management.adopted_records"
ENABLED_PARAMETER = "lead_management.enabled_leads"


def pre_init_hook(env):
    """Prepare a database, perhaps with a million leads, for the addon's tables."""
    create_lead_columns(env.cr)
    _create_partner_columns(env)
    _adopt_records(env)


def post_init_hook(env):
    """Give the leads that are there a status, the sources names that people know, the
    accounts keys, and turn on leads."""
    _fill_statuses(env)
    fill_stars(env)
    _name_sources(env)
    _fill_account_keys(env)
    fill_first_touches(env)
    _enable_leads(env)


def uninstall_hook(env):
    """Leave native Odoo as it was before the addon came."""
    _disable_leads(env)
    _keep_leads_visible(env)
    _release_records(env)
    _let_go_of_options(env)
    env["ir.config_parameter"].search([("key", "=like", "lead_management.%")]).unlink()


def _let_go_of_options(env):
    """Let go of what keeps statuses and ratings from being deleted."""
    columns = ["status_id", "rating_id"]
    env.flush_all()
    env.cr.execute(
        """
        UPDATE crm_lead
           SET status_id = NULL, rating_id = NULL
         WHERE COALESCE(status_id, rating_id) IS NOT NULL
        """
    )
    env["crm.lead"].invalidate_model(columns)


def _enable_leads(env):
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
    env["crm.team"].search([])._refresh_aliases()
    env["ir.config_parameter"].set_param(
        ENABLED_PARAMETER,
        json.dumps({"users": users.ids, "teams": teams.ids, "aliases": aliases}),
    )


def _get_all_teams(env):
    return env["crm.team"].with_context(active_test=False).search([])


def _disable_leads(env):
    """Turn off leads where `_enable_leads` turned them on, unless an admin turned them
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


def _keep_leads_visible(env):
    """Leave Odoo's own menu of leads to those who had it, if there are leads that
    would be in no menu else."""
    enabled = env["ir.config_parameter"].get_param(ENABLED_PARAMETER)
    leads = env["crm.lead"].with_context(active_test=False)
    if not enabled or not leads.search_count([("type", "=", "lead")], limit=1):
        return
    users = env["res.users"].browse(json.loads(enabled)["users"]).exists()
    env.ref("crm.group_use_lead").user_ids = [Command.link(user.id) for user in users]


def create_lead_columns(cr):
    """Create and fill the stored computed columns that are missing, ahead of the ORM,
    which would compute them lead by lead. What all get alike writes no row, and the
    rest each row once: the table of a million leads grows no more than it must."""
    missing = [name for name in LEAD_COLUMNS if not column_exists(cr, "crm_lead", name)]
    for name in missing:
        column_type, value = LEAD_COLUMNS[name]
        if name in OF_EACH:
            create_column(cr, "crm_lead", name, column_type)
        else:
            _create_column_of(cr, name, column_type, value)
    _fill_lead_columns(cr, [name for name in missing if name in OF_EACH])


def _create_column_of(cr, name, column_type, value):
    """Create a column that has one value in all rows, which PostgreSQL keeps once."""
    column = SQL.identifier(name)
    cr.execute(
        SQL(
            "ALTER TABLE crm_lead ADD COLUMN %s %s DEFAULT %s",
            column,
            SQL(column_type),
            value,
        )
    )
    cr.execute(SQL("ALTER TABLE crm_lead ALTER COLUMN %s DROP DEFAULT", column))


def _fill_lead_columns(cr, names):
    if not names:
        return
    values = SQL(", ").join(
        SQL("%s = %s", SQL.identifier(name), SQL(OF_EACH[name][1])) for name in names
    )
    last_id = 0
    while rows := _read_names(cr, last_id):
        cr.execute(
            SQL(
                """
                UPDATE crm_lead
                   SET %s
                  FROM (VALUES %s)
                    AS names (id, first_name, last_name, account_key, account_domain)
                 WHERE crm_lead.id = names.id
                """,
                values,
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        last_id = rows[-1][0]


def _read_names(cr, after):
    """Return id, first name, last name, account key and domain of the next leads."""
    cr.execute(
        """
        SELECT id, contact_name, partner_name, website, email_from
          FROM crm_lead
         WHERE id > %s
         ORDER BY id
         LIMIT %s
        """,
        [after, BATCH_SIZE],
    )
    return [
        (
            lead_id,
            *person_name.split(contact or ""),
            company_key(company),
            web_domain.domain(website) or web_domain.domain(email) or "",
        )
        for lead_id, contact, company, website, email in cr.fetchall()
    ]


def _create_partner_columns(env):
    """Create the stored columns of account matching, empty: no row is written, and the
    ORM doesn't compute what is there already."""
    for column, column_type in PARTNER_COLUMNS.items():
        if not column_exists(env.cr, "res_partner", column):
            create_column(env.cr, "res_partner", column, column_type)


def _fill_account_keys(env):
    """Fill the keys of a small database at once, and leave a large one to the scheduled
    action: installing is one transaction, which would lock its partners for minutes."""
    partners = env["res.partner"]
    pending = partners._count_pending_account_keys()
    if pending <= FILLED_AT_ONCE:
        partners._fill_account_keys(FILLED_AT_ONCE)
    else:
        _logger.info("Account keys: %s contacts are filled in the background", pending)
        env.ref("lead_management.ir_cron_fill_account_keys")._trigger()


def _fill_statuses(env):
    """Give every lead the status its native state stands for, in one statement."""
    ids = env["crm.lead.status"]._get_ids_by_category()
    env.cr.execute(
        SQL(
            """
            UPDATE crm_lead
               SET status_id = CASE
                       WHEN type = 'opportunity' THEN %(converted)s
                       WHEN won_status = 'won' THEN %(converted)s
                       WHEN won_status = 'lost' THEN %(dead)s
                       WHEN user_id IS NOT NULL THEN %(assigned)s
                       ELSE %(new)s
                   END
             WHERE status_id IS NULL
               AND (type = 'lead' OR date_conversion IS NOT NULL)
            """,
            **ids,
        )
    )
    env["crm.lead"].invalidate_model(["status_id"])


def fill_stars(env):
    """Give leads that nobody and no rule has rated as many stars as Odoo showed for
    their priority. It was set by hand, and so rules leave them."""
    env.cr.execute(
        """
        UPDATE crm_lead
           SET stars = priority, stars_manual = TRUE
         WHERE type = 'lead'
           AND priority IN ('1', '2', '3')
           AND COALESCE(stars, '0') = '0'
           AND stars_manual IS NOT TRUE
           AND NOT EXISTS (
               SELECT 1
                 FROM mail_message message
                 JOIN mail_tracking_value value ON value.mail_message_id = message.id
                 JOIN ir_model_fields field ON field.id = value.field_id
                WHERE message.model = 'crm.lead'
                  AND message.res_id = crm_lead.id
                  AND field.model = 'crm.lead'
                  AND field.name = 'stars'
           )
        """
    )
    env["crm.lead"].invalidate_model(["stars", "stars_manual"])


def fill_first_touches(env):
    """Take from the chatter when work on each lead began."""
    env.cr.execute(
        """
        UPDATE crm_lead
           SET date_first_touch = touch.date
          FROM (
               SELECT message.res_id, min(message.date) AS date
                 FROM mail_message message
            LEFT JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
            LEFT JOIN res_partner author ON author.id = message.author_id
                WHERE message.model = 'crm.lead'
                  AND (
                      message.mail_activity_type_id IS NOT NULL
                      OR message.message_type IN ('comment', 'email_outgoing')
                         AND message.is_internal IS NOT TRUE
                         AND subtype.internal IS NOT TRUE
                         AND author.partner_share IS FALSE
                  )
                GROUP BY message.res_id
               ) touch
         WHERE touch.res_id = crm_lead.id
        """
    )
    env["crm.lead"].invalidate_model(["date_first_touch"])


def fold_converted(env):
    """Fold the status Converted as it is shipped by now, unless somebody changed it."""
    status = env.ref("lead_management.crm_lead_status_converted", False)
    if status and status.write_date == status.create_date:
        status.fold = True


def fill_owned_statuses(env):
    """Call leads Assigned that have an owner and were called New as long as nobody else
    gave them one. Their time in the status is that of Assigned."""
    ids = env["crm.lead.status"]._get_ids_by_category()
    env.cr.execute(
        """
        UPDATE crm_lead
           SET status_id = %(assigned)s
         WHERE status_id = %(new)s
           AND type = 'lead'
           AND user_id = create_uid
           AND NOT (COALESCE(status_seconds, '{}') ? %(assigned)s::text)
        """,
        ids,
    )
    env["crm.lead"].invalidate_model(["status_id"])


def forget_first_name(env):
    """Ask for a first name no more where the setting is as it was shipped."""
    setting = env.ref("lead_management.parameter_require_first_name", False)
    if setting and setting.write_date == setting.create_date:
        setting.unlink()


def _get_source_names(env):
    """Return the names of the shipped lead sources in the database's main language.

    Unlike statuses and tags, sources have one name, for all users.
    """
    company = env["res.company"].search([], order="id", limit=1)
    env = env(context={**env.context, "lang": company.partner_id.lang or "en_US"})
    return {
        "utm_source_call": env._("Call"),
        "utm_source_email": env._("Email"),
        "utm_source_existing_customer": env._("Existing Customer"),
        "utm_source_partner": env._("Partner"),
        "utm_source_public_relations": env._("Public Relations"),
        "utm_source_web_site": env._("Web Site"),
        "utm_source_campaign": env._("Campaign"),
        "utm_source_other": env._("Other"),
    }


def _name_sources(env):
    """Give the sources that were created the names they have in the database's main
    language, where those are free."""
    for xml_id, name in _get_source_names(env).items():
        source = env.ref(f"lead_management.{xml_id}", raise_if_not_found=False)
        shipped = SHIPPED_RECORDS["utm.source"][xml_id]
        if (
            source
            and source.name == shipped != name
            and not env["utm.source"]
            .with_context(active_test=False)
            .search_count([("name", "=", name)], limit=1)
        ):
            source.name = name


def _find_shipped(env):
    """Return the records that go by the names of shipped ones, in English or, of
    sources, in the database's main language; by XML id."""
    found = {}
    for model_name, names in SHIPPED_RECORDS.items():
        own = _get_source_names(env) if model_name == "utm.source" else {}
        records = env[model_name].search(
            [("name", "in", [*names.values(), *own.values()])]
        )
        by_name = {record.name: record for record in records}
        for xml_id, name in names.items():
            if record := by_name.get(own.get(xml_id)) or by_name.get(name):
                found[xml_id] = record
    return found


def _adopt_records(env):
    """Make the shipped data land on the records of the same name that exist."""
    adopted = [
        {
            "module": "lead_management",
            "name": xml_id,
            "model": record._name,
            "res_id": record.id,
            "noupdate": True,
        }
        for xml_id, record in _find_shipped(env).items()
    ]
    env["ir.model.data"].create(adopted)
    env["ir.config_parameter"].set_param(
        ADOPTED_PARAMETER, " ".join(values["name"] for values in adopted)
    )


def _release_records(env):
    """Keep those of the shipped records that were there before or that leads use."""
    adopted = (env["ir.config_parameter"].get_param(ADOPTED_PARAMETER) or "").split()
    leads = env["crm.lead"].with_context(active_test=False)
    used = {
        "utm.source": leads._read_group([], ["source_id"]),
        "crm.tag": leads._read_group([], ["tag_ids"]),
    }
    for model_name, names in SHIPPED_RECORDS.items():
        used_ids = {record.id for (record,) in used[model_name]}
        env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("name", "in", list(names))]
        ).filtered(
            lambda data, used_ids=used_ids: (
                data.name in adopted or data.res_id in used_ids
            )
        ).unlink()
