"""Fill a native database with accounts and leads, as a company's would be after years.

Everything is generated from the number of the row, so two runs make the same rows; only
the dates move along, as they count back from today.
"""

from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools import SQL

from tooling import progress

from .copy_rows import prototypes
from .seed_accounts import YEARS, Accounts
from .seed_house import fill, has_addons
from .seed_leads import Leads
from .side import IMPORTER, SALESMAN

TEAMS = ("North", "South", "Partners")
SALESMEN = 24
TAGS = ("Fair", "Webinar", "Reseller", "Key account", "Public sector", "Newsletter")

CHECKED = 300  # rows of each table whose computed columns are checked
# Written when a lead is won or lost, and computed for open ones only
NOT_CHECKED = ("automated_probability", "probability")


def seed(registry, accounts: int, leads: int, is_small=False):
    """Fill a database that has the addon's dependencies and nothing else, or the addons
    as well.

    :param accounts: how many partners, companies and people
    :param leads: how many leads and opportunities
    :param is_small: for counting queries: leave out what takes its time
    """
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        _configure(env)
        cr.commit()
        with progress.Step(f"{accounts:,} accounts") as step:
            Accounts(env, accounts).copy(_reporter(step, accounts))
            cr.commit()
        with progress.Step(f"{leads:,} leads") as step:
            Leads(env, leads, accounts).copy(_reporter(step, leads))
            cr.commit()
        if has_addons(env):
            with progress.Step("As installing leaves them"):
                fill(env)
        if is_small:
            return
        with progress.Step("Lead scoring, as its nightly job does it"):
            env["crm.lead"]._cron_update_automated_probabilities()
            # the job writes probabilities in SQL and leaves this for the next write
            cr.execute(
                "UPDATE crm_lead SET prorated_revenue ="
                " round(expected_revenue * probability::numeric / 100, 2)"
            )
            cr.commit()
        with progress.Step("Checking the computed columns"):
            for model in ("res.partner", "crm.lead"):
                _check_computed_columns(env, model)


def _reporter(step, total):
    return lambda count: step.update(f"{count:,}", count / total)


def _configure(env):
    """Make the people and the picklists, and turn on leads as their users do."""
    env.ref("base.group_user")._apply_group(env.ref("crm.group_use_lead"))
    salesman = env.ref("sales_team.group_sale_salesman")
    all_leads = env.ref("sales_team.group_sale_salesman_all_leads")
    logins = [SALESMAN, *(f"salesman_{n}" for n in range(1, SALESMEN))]
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": login.replace("_", " ").title(),
                    "login": login,
                    "email": f"{login}@company.example",
                    "tz": "Europe/Brussels",
                    "group_ids": [
                        Command.link(all_leads.id if n == SALESMEN else salesman.id)
                    ],
                }
                for n, login in enumerate([*logins, IMPORTER])
            ]
        )
    )
    teams = env["crm.team"].search([]) + env["crm.team"].create(
        [{"name": name, "use_leads": True} for name in TEAMS]
    )
    env["crm.team.member"].create(
        [
            {"crm_team_id": teams[n % len(teams)].id, "user_id": user.id}
            for n, user in enumerate(users)
        ]
    )
    env["crm.tag"].create(
        [{"name": name, "color": n % 11} for n, name in enumerate(TAGS)]
    )
    start = datetime.now() - timedelta(days=365 * YEARS)
    env["ir.config_parameter"].set_param("crm.pls_start_date", start.date())


def _check_computed_columns(env, model_name: str):
    """Compute the stored columns of some rows as the ORM does, and compare.

    :raise AssertionError: names the columns that were seeded differently
    """
    model = env[model_name]
    cr = env.cr
    cr.execute(
        SQL(
            "SELECT id FROM %s ORDER BY id DESC LIMIT %s",
            SQL.identifier(model._table),
            CHECKED,
        )
    )
    records = model.browse(row[0] for row in cr.fetchall())
    computed = [
        field
        for field in model._fields.values()
        if field.store
        and field.compute
        and field.readonly
        and field.column_type
        and field.name not in NOT_CHECKED
    ]
    before = prototypes(env, records)
    env.invalidate_all()
    for field in computed:
        env.add_to_compute(field, records)
    after = prototypes(env, records)
    cr.rollback()
    env.invalidate_all()
    wrong = {
        field.name: (old[field.name], new[field.name])
        for old, new in zip(before, after, strict=True)
        for field in computed
        if old[field.name] != new[field.name]
    }
    if wrong:
        raise AssertionError(f"{model_name}, seeded and computed: {wrong}")
