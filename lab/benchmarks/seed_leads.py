"""Leads and opportunities, and what hangs on them."""

import random
from datetime import datetime, timedelta

from .company_names import company_name, vary
from .copy_rows import copy_rows, next_id, prototype
from .people import person
from .seed_accounts import Accounts, country_ids, moment
from .seed_house import as_before

# Share of all leads, and kind. Those won and lost feed native's lead scoring.
KINDS = (
    (0.48, "lead"),
    (0.14, "lead_lost"),
    (0.18, "opportunity"),
    (0.10, "won"),
    (0.10, "opportunity_lost"),
)
OPEN = ("lead", "opportunity")


class Leads:
    """Leads and opportunities with what belongs to them: owner, tags, messages,
    followers, planned activities."""

    def __init__(self, env, count: int, accounts: int):
        self.env = env
        self.count = count
        self.accounts = Accounts(env, accounts)
        self.accounts.first -= accounts  # they are there already
        self.first = next_id(env.cr, "crm_lead")
        self.country_ids = country_ids(env)
        self.teams = self._teams()
        # plain values: no query can be made while rows are being copied
        self.stages = [
            (stage.id, stage.name)
            for stage in env["crm.stage"].search([("is_won", "=", False)])
        ]
        self.tag_ids = env["crm.tag"].search([]).ids
        self.source_ids = env["utm.source"].search([]).ids
        self.medium_ids = env["utm.medium"].search([]).ids
        self.lost_reason_ids = env["crm.lost.reason"].search([]).ids

    def _teams(self):
        """Return the ids and partner ids of the owners with the ids of their teams."""
        members = self.env["crm.team.member"].search([("user_id.login", "!=", "admin")])
        return [
            (m.user_id.id, m.user_id.partner_id.id, m.crm_team_id.id) for m in members
        ]

    def copy(self, report):
        """Add the leads, then what hangs on them."""
        cr = self.env.cr
        likes = self._prototypes()
        self.facts = []  # (kind, values, owner's partner) per lead, as they are copied
        copy_rows(cr, "crm_lead", likes["crm_lead"], self._rows(), report=report)
        self._copy_tags()
        self._copy_followers(likes)
        self._copy_messages(likes)
        self._copy_activities(likes)

    # -- prototypes ------------------------------------------------------------

    def _prototypes(self) -> dict:
        """Let the ORM make one lead of every kind, and return all their rows."""
        owner_id, _partner_id, team_id = self.teams[0]
        # as somebody else makes it, so that the owner is a follower
        leads = self.env["crm.lead"].with_context(tracking_disable=False)
        values = {"name": "L", "user_id": owner_id, "team_id": team_id}
        made = {
            kind: leads.create(
                values | {"type": "lead" if kind.startswith("lead") else "opportunity"}
            )
            for _share, kind in KINDS
        }
        self.env.cr.flush()  # writes what a new lead tracks
        (made["lead_lost"] + made["opportunity_lost"]).action_set_lost(
            lost_reason_id=self.lost_reason_ids[0]
        )
        made["won"].action_set_won()
        made["opportunity"].stage_id = self.stages[1][0]
        made["opportunity"].activity_schedule(
            "mail.mail_activity_data_call", summary="Call back"
        )
        self.env.cr.flush()
        lead = made["opportunity"]
        change = lead.message_ids.tracking_value_ids
        created = lead.message_ids.sorted("id")[0]
        follower = lead.message_follower_ids.filtered(
            lambda follower: follower.partner_id == lead.user_id.partner_id
        )
        likes = {
            "crm_lead": {
                kind: prototype(self.env, record) for kind, record in made.items()
            },
            "mail_message": {
                "created": prototype(self.env, created),
                "moved": prototype(self.env, change.mail_message_id),
            },
            "mail_tracking_value": {"": prototype(self.env, change)},
            "mail_activity": {"": prototype(self.env, lead.activity_ids)},
            "mail_followers": {"": prototype(self.env, follower)},
            "subtype_ids": follower.subtype_ids.ids,
        }
        as_before(self.env, "crm_lead", list(likes["crm_lead"].values()))
        self.env.cr.rollback()
        return likes

    # -- leads -----------------------------------------------------------------

    def _rows(self):
        for number in range(self.count):
            yield self.row(number)

    def row(self, number: int) -> tuple[str, dict]:
        """Return the kind and the values of lead number `number`, from 0."""
        rng = random.Random(f"lead {number}")
        kind = rng.choices([kind for _, kind in KINDS], [share for share, _ in KINDS])[
            0
        ]
        created = moment(rng)
        values = {
            "id": self.first + number,
            "create_date": created,
            "write_date": created,
            "priority": rng.choices("0123", (60, 20, 15, 5))[0],
            "source_id": rng.choice([None, *self.source_ids]),
            "medium_id": rng.choice([None, *self.medium_ids]),
            "expected_revenue": rng.choice((0, rng.randrange(500, 90_000, 100))),
            "description": f"<p>Asked for a quote, {rng.randrange(5, 500)} pieces.</p>",
            "referred": None,
            "date_last_stage_update": created,
            **self._who(rng),
            **self._progress(rng, kind, created),
        }
        owner = None
        if kind == "lead" and rng.random() < 0.2:
            values |= {"user_id": None, "date_open": None}
            values["team_id"] = rng.choice(self.teams)[2]
        else:
            values["user_id"], owner, values["team_id"] = rng.choice(self.teams)
            values["date_open"] = created
        self.facts.append((kind, values, owner))
        return kind, values

    def _who(self, rng) -> dict:
        """Return contact and company: an account's, one like it, or a new one's."""
        total, companies = self.accounts.count, Accounts.companies(self.accounts.count)
        if rng.random() < 0.2 and companies < total:
            number = rng.randrange(companies, total)
            kind, account = self.accounts.row(number)
            name = company_name(account.get("parent_id", 0) - self.accounts.first)
            return {
                "name": f"{account['name']}’s inquiry",
                "partner_id": account["id"],
                "partner_name": name.name if kind == "employee" else None,
                "contact_name": account["name"],
                "email_from": account["email"],
                "email_normalized": account["email"],
                "email_domain_criterion": _domain_criterion(account["email"]),
                "email_state": "correct",
                "phone_state": "correct",
                **{
                    field: account[field]
                    for field in (
                        *("function", "phone", "phone_sanitized", "street", "city"),
                        *("zip", "country_id"),
                    )
                },
            }
        known = rng.random() < 0.3
        company = company_name(
            rng.randrange(companies) if known else rng.getrandbits(40)
        )
        who = person(rng, company)
        name = company.name if rng.random() < 0.6 else vary(rng, company.name)
        return {
            "name": f"{name}: {rng.choice(('quote', 'demo', 'call back', 'prices'))}",
            "partner_name": name,
            "contact_name": who.name,
            "function": who.job,
            "email_from": who.email,
            "email_normalized": who.email,
            "email_domain_criterion": _domain_criterion(who.email),
            "email_state": "correct",
            "phone": who.phone,
            "phone_sanitized": who.phone_sanitized,
            "phone_state": "correct",
            "website": f"http://www.{company.domain}",
            "street": who.street,
            "city": who.city,
            "zip": who.zip,
            "country_id": self.country_ids[company.country],
        }

    def _progress(self, rng, kind, created) -> dict:
        """Return how far the lead has come: stage and dates."""
        later = created + (datetime.now() - created) * rng.random()
        values = {}
        if kind.startswith("opportunity"):
            values["stage_id"] = rng.choice(self.stages)[0]
            values["date_last_stage_update"] = later
        if kind not in OPEN:
            values |= {"date_closed": later, "day_close": (later - created).days}
        if kind.endswith("lost"):
            values["lost_reason_id"] = rng.choice(self.lost_reason_ids)
        if not kind.startswith("lead") and rng.random() < 0.7:
            values["date_conversion"] = created + (later - created) / 2
        return values

    # -- what hangs on them ----------------------------------------------------

    def _copy_tags(self):
        def rows():
            for _kind, values, _owner in self.facts:
                rng = random.Random(f"tags {values['id']}")
                for tag_id in rng.sample(self.tag_ids, rng.choice((0, 0, 1, 2))):
                    yield "", {"lead_id": values["id"], "tag_id": tag_id}

        like = {"lead_id": None, "tag_id": None}
        copy_rows(self.env.cr, "crm_tag_rel", {"": like}, rows())

    def _copy_followers(self, likes):
        cr = self.env.cr
        first = next_id(cr, "mail_followers")
        owned = [facts for facts in self.facts if facts[2]]
        rows = (
            ("", {"id": first + n, "res_id": values["id"], "partner_id": owner})
            for n, (_kind, values, owner) in enumerate(owned)
        )
        copy_rows(cr, "mail_followers", likes["mail_followers"], rows)
        cr.execute(
            "INSERT INTO mail_followers_mail_message_subtype_rel"
            " (mail_followers_id, mail_message_subtype_id)"
            " SELECT id, unnest(%s) FROM mail_followers WHERE id >= %s",
            [likes["subtype_ids"], first],
        )

    def _copy_messages(self, likes):
        """Say of every lead that it was made, and of some that they were moved on."""
        cr = self.env.cr
        first = next_id(cr, "mail_message")
        moves = []  # (message, date, index of the stage that was left)
        passed = {stage_id: index for index, (stage_id, _) in enumerate(self.stages)}

        def messages():
            message_id = first
            for _kind, values, _owner in self.facts:
                lead_id, date = values["id"], values["create_date"]
                yield "created", _message(message_id, lead_id, date)
                message_id += 1
                for step in range(passed.get(values.get("stage_id"), 0)):
                    date = min(
                        date + timedelta(days=9), values["date_last_stage_update"]
                    )
                    yield "moved", _message(message_id, lead_id, date)
                    moves.append((message_id, date, step))
                    message_id += 1

        copy_rows(cr, "mail_message", likes["mail_message"], messages())
        first = next_id(cr, "mail_tracking_value")
        rows = (
            (
                "",
                {
                    "id": first + n,
                    "mail_message_id": message_id,
                    "create_date": date,
                    "write_date": date,
                    "old_value_integer": self.stages[step][0],
                    "old_value_char": self.stages[step][1],
                    "new_value_integer": self.stages[step + 1][0],
                    "new_value_char": self.stages[step + 1][1],
                },
            )
            for n, (message_id, date, step) in enumerate(moves)
        )
        copy_rows(cr, "mail_tracking_value", likes["mail_tracking_value"], rows)

    def _copy_activities(self, likes):
        cr = self.env.cr
        first = next_id(cr, "mail_activity")
        rng = random.Random("activities")
        planned = [
            (values, datetime.now().date() + timedelta(days=rng.randint(-14, 21)))
            for kind, values, owner in self.facts
            if kind in OPEN and owner and rng.random() < 0.4
        ]
        rows = (
            (
                "",
                {
                    "id": first + n,
                    "res_id": values["id"],
                    "res_name": values["name"],
                    "user_id": values["user_id"],
                    "date_deadline": date,
                },
            )
            for n, (values, date) in enumerate(planned)
        )
        copy_rows(cr, "mail_activity", likes["mail_activity"], rows)


def _message(message_id, lead_id, date) -> dict:
    return {
        "id": message_id,
        "res_id": lead_id,
        "message_id": f"<{message_id}@company.example>",
        "date": date,
        "create_date": date,
        "write_date": date,
    }


def _domain_criterion(email: str) -> str:
    # an addon can be imported only once Odoo is configured
    from odoo.addons.iap.tools import iap_tools  # noqa: PLC0415

    return iap_tools.mail_prepare_for_domain_search(email)
