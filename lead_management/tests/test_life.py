import itertools
import os
import re
import sys
import traceback
from collections import namedtuple
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import RedirectWarning, UserError
from odoo.models import BaseModel
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..models.crm_lead.status import OPEN_CATEGORIES
from .test_capture_submission import TestCaptureSubmissionCommon

try:
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import strategies as st
    from hypothesis.stateful import (
        RuleBasedStateMachine,
        initialize,
        invariant,
        rule,
        run_state_machine_as_test,
    )
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# Run when asked for, as it still finds faults: `./dev lab life 2000` leads so
# many lives, each time others; `./dev test +lead_life` always leads the same ones.
LIVES = int(os.environ.get("LEAD_LIFE") or 0)
SAME_LIVES = 200
STEPS = 40
MOST_LEADS = 9
CLAIM_LIMIT = 2
COMPANIES = ("Acme Anvils", "ACME Anvils Inc.", "Zeta Werke GmbH", "N/A", "-")
EMAILS = ("ann@acme-anvils.example", "bob@zeta.example", "info@zeta.example")
# Fields in which people type on leads and on partners; each text is one of its kind.
LEAD_TEXTS = (
    *("name", "contact_last_name", "function", "street", "city"),
    *("description", "fax", "skype", "recycle_reason", "bant_need_note"),
)
PARTNER_TEXTS = ("comment", "function", "street", "ref", "vat")
# Where a person finds again what somebody typed
SHELVES = ("crm_lead", "res_partner", "mail_message", "mail_tracking_value")
SHELVES += ("mail_activity", "crm_lead_queue_event", "crm_lead_capture_submission")
TYPED = re.compile("Q[a-j]{4}z")
# What goes with a lead that is deleted
PLACES_OF_LEAD = (
    "crm_lead shelf WHERE id = ANY(%s)",
    "crm_lead_queue_event shelf WHERE lead_id = ANY(%s)",
    "mail_activity shelf WHERE res_model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_message shelf WHERE model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_tracking_value shelf JOIN mail_message message"
    " ON message.id = shelf.mail_message_id"
    " WHERE message.model = 'crm.lead' AND message.res_id = ANY(%s)",
)
REFUSALS = (UserError, RedirectWarning)
TOLD_STEPS = 15
TOLD_FRAMES = 8

# A lead as the database has it; `entries` of the ledger that are not undone
Row = namedtuple("Row", "id name active type won category user queue company entries")


if st:
    someone = st.integers(0, 2)
    something = st.integers(0, 1000)

    class Life(RuleBasedStateMachine):
        """Leads of two companies, on which three people work in any order.

        * Sam sees his own leads of company A, Mia all leads of company B, Max manages
          both.
        * A step is what one of them does, with the rights of that person, or what the
          system does by itself; a step that is refused in words changes nothing.

        After each step holds:

        1. what anybody typed stands somewhere where people find it, unless a person
           overwrote or deleted it;
        2. an open lead has an open status, a lost one a dead one, a converted one has
           an entry in the ledger; a lead in a queue has no owner;
        3. a lead has at most one conversion that is not undone;
        4. everybody sees the leads of the own companies that are free, or the own, or
           in the own queues, and no others;
        5. nobody has claimed more than the limit.

        At the end of a life what queues and reports count equals the rows.
        """

        world = None  # the test

        def __init__(self):
            super().__init__()
            world = self.world
            self.env = world.env
            self.savepoint = self.env.cr.savepoint()
            self.savepoint.__enter__()
            self.texts = {}  # text: (model, id, field) where it was typed
            self.numbers = itertools.count(1)
            self.claimed = {}  # (user, queue): ids of leads
            self.rows = {}  # of the leads after the last step, by id
            self.is_checked = False  # whether the invariants held for them
            self.picked = []
            self.steps = []

        def teardown(self):
            try:
                if sys.exc_info()[0]:
                    self.world.story = self._tell()
                else:
                    try:
                        self._check_counts()
                    except AssertionError:
                        self.world.story = self._tell()
                        raise
            finally:
                self.savepoint.rollback()
                self.savepoint.close(rollback=False)
                self.env.cr.postcommit.clear()

        # -- how a step is done ------------------------------------------------

        def _as(self, person):
            user = self.world.people[person]
            companies = user.company_ids.ids
            return self.env(user=user, context={"allowed_company_ids": companies})

        def _try(self, person, act):
            """Let a person act; return the result, None where it is refused."""
            env = self.env if person is None else self._as(person)
            outcome = "failed"
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    result = act(env)
                outcome = "done"
            except REFUSALS as refusal:
                # What is rolled back needs no check.
                outcome = "refused: " + str(refusal).partition("\n")[0]
                return None
            finally:
                self.steps.append(self._tell_step(person, act, outcome))
                self.picked = []
                self.env.invalidate_all()
            before, self.rows = self.rows, self._get_rows()
            self.is_checked = False
            if person is not None:
                self._count_claims(self.world.people[person], before)
            return result

        def _tell_step(self, person, act, outcome):
            who = "The system" if person is None else self.world.people[person].name
            chosen = {
                name: cell.cell_contents
                for name, cell in zip(
                    act.__code__.co_freevars, act.__closure__, strict=True
                )
            }
            details = [
                value.name if isinstance(value, BaseModel) else value
                for value in chosen.values()
                if not isinstance(value, Life | int | self.env.registry["crm.lead"])
            ]
            # The name of the rule in which the function is
            rule_name = act.__qualname__.partition(".<locals>")[0].rpartition(".")[2]
            leads = " and ".join(map(str, self.picked))
            text = " ".join(map(str, [rule_name, leads, *details]))
            return f"{who}: {text}: {outcome}"

        def _tell(self):
            """Return the last steps, and the leads as they are after them."""
            self.env.flush_all()
            lines = ["", "The last steps:"]
            first = max(len(self.steps) - TOLD_STEPS, 0)
            for number, step in enumerate(self.steps[first:], first + 1):
                lines.append(f"{number}. {step}")
            lines.append("The leads:")
            lines += map(str, self._get_rows().values())
            return "\n".join(lines)

        def _leads(self, env):
            leads = env["crm.lead"].with_context(active_test=False)
            return leads.search(
                [("id", ">", self.world.last_lead)], order="id", limit=100
            )

        def _pick(self, number, env=None):
            """Return one of the leads; the person may not be allowed to see it."""
            ids = list(self.rows)
            if not ids:
                raise UserError("There is no lead")
            self.picked.append(ids[number % len(ids)])
            return (env or self.env)["crm.lead"].browse(self.picked[-1])

        def _text(self):
            """Return a text that nobody has typed yet."""
            letters = "abcdefghij"
            digits = f"{next(self.numbers):04}"
            return "Q" + "".join(letters[int(digit)] for digit in digits) + "z"

        def _typed(self, record, values):
            """Remember what a person typed, and forget what that replaces."""
            for name in values:
                place = record._name, record.id, name
                self.texts = {
                    text: where for text, where in self.texts.items() if where != place
                }
            for name, value in values.items():
                self.texts[value] = record._name, record.id, name

        def _get_rows(self):
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT lead.id, lead.name, lead.active, lead.type, lead.won_status,
                           status.category, lead.user_id, lead.queue_id,
                           lead.company_id,
                           (SELECT count(*) FROM crm_lead_conversion entry
                             WHERE entry.lead_id = lead.id AND undone_date IS NULL)
                      FROM crm_lead lead
                 LEFT JOIN crm_lead_status status ON status.id = lead.status_id
                     WHERE lead.id > %s
                  ORDER BY lead.id
                    """,
                    self.world.last_lead,
                )
            )
            return {row[0]: Row(*row) for row in rows}

        def _count_claims(self, user, before):
            if user == self.world.max:
                return
            for row in self.rows.values():
                old = before.get(row.id)
                if old and old.queue and not old.user and row.user == user.id:
                    self.claimed.setdefault((user, old.queue), set()).add(row.id)

        # -- what people do ------------------------------------------------------

        @initialize(person=someone, company=something, email=something)
        def begin(self, person, company, email):
            self.create_lead(person, company, email, True, 0)

        @rule(
            person=someone,
            company=something,
            email=something,
            owned=st.booleans(),
            name=something,
        )
        def create_lead(self, person, company, email, owned, name):
            if len(self.rows) >= MOST_LEADS:
                return
            typed = {
                LEAD_TEXTS[name % 6]: self._text(),
                "contact_last_name": self._text(),
            }
            values = {
                "type": "lead",
                "name": f"Lead {next(self.numbers)}",
                "partner_name": COMPANIES[company % len(COMPANIES)],
                "email_from": EMAILS[email % len(EMAILS)],
                **typed,
            }
            if not owned:
                values["user_id"] = False
            lead = self._try(person, lambda env: env["crm.lead"].create(values))
            if lead:
                self._typed(lead, typed)

        @rule(company=something, email=something)
        def capture(self, company, email):
            if len(self.rows) >= MOST_LEADS:
                return
            texts = {"last_name": self._text(), "message": self._text()}
            self._try(
                None,
                lambda env: self.world._capture(
                    {
                        "company": COMPANIES[company % len(COMPANIES)],
                        "email": EMAILS[email % len(EMAILS)],
                        **texts,
                    }
                ),
            )
            found = self._find_texts()
            for text in texts.values():
                if text in found:
                    self.texts[text] = ("crm.lead.capture.submission", 0, text)

        @rule(person=someone, lead=something, field=something)
        def edit_lead(self, person, lead, field):
            name = LEAD_TEXTS[field % len(LEAD_TEXTS)]
            text = self._text()

            def edit(env):
                record = self._pick(lead, env)
                record.write({name: text})
                return record

            if record := self._try(person, edit):
                self._typed(record, {name: text})

        @rule(person=someone, lead=something, field=something, company=st.booleans())
        def edit_partner(self, person, lead, field, company):
            name = PARTNER_TEXTS[field % len(PARTNER_TEXTS)]
            text = self._text()

            def edit(env):
                record = self._pick(lead, env)
                record.check_access("read")
                partner = record.partner_id
                if company:
                    partner = partner.commercial_partner_id
                partner.write({name: text})
                return partner

            if partner := self._try(person, edit):
                self._typed(partner, {name: text})

        @rule(person=someone, lead=something)
        def write_note(self, person, lead):
            text = self._text()
            done = self._try(
                person,
                lambda env: self._pick(lead, env).message_post(
                    body=text, message_type="comment"
                ),
            )
            if done:
                self.texts[text] = "mail.message", done.id, "body"

        @rule(person=someone, lead=something, owner=someone)
        def change_owner(self, person, lead, owner):
            user = self.world.people[owner]
            self._try(
                person, lambda env: self._pick(lead, env).write({"user_id": user.id})
            )

        @rule(person=someone, lead=something)
        def take_owner_off(self, person, lead):
            self._try(
                person, lambda env: self._pick(lead, env).write({"user_id": False})
            )

        @rule(person=someone, lead=something, queue=something)
        def change_queue(self, person, lead, queue):
            chosen = self.world.queues[queue % len(self.world.queues)]
            self._try(
                person, lambda env: self._pick(lead, env).write({"queue_id": chosen.id})
            )

        @rule(person=someone, lead=something, queue=something)
        def return_to_queue(self, person, lead, queue):
            chosen = self.world.queues[queue % len(self.world.queues)]
            text = self._text()

            def put_back(env):
                record = self._pick(lead, env)
                env["crm.lead.queue.return"].create(
                    {
                        "lead_ids": [Command.set(record.ids)],
                        "queue_id": chosen.id,
                        "reason": text,
                    }
                ).action_apply()
                return True

            if self._try(person, put_back):
                self.texts[text] = "crm.lead.queue.event", 0, text

        @rule(person=someone, lead=something)
        def claim(self, person, lead):
            self._try(person, lambda env: self._pick(lead, env).action_claim())

        @rule(person=someone, queue=something)
        def claim_next(self, person, queue):
            chosen = self.world.queues[queue % len(self.world.queues)]
            self._try(person, lambda env: chosen.with_env(env).action_claim_next())

        @rule(person=someone, lead=something)
        def assign_by_rules(self, person, lead):
            self._try(person, lambda env: self._pick(lead, env).run_assignment_rules())

        @rule(person=someone, lead=something, status=something)
        def set_status(self, person, lead, status):
            categories = ("new", "assigned", "in_process")
            chosen = self.env["crm.lead.status"]._get_of_category(
                categories[status % len(categories)]
            )
            self._try(
                person,
                lambda env: self._pick(lead, env).write({"status_id": chosen.id}),
            )

        @rule(person=someone, lead=something)
        def recycle(self, person, lead):
            text = self._text()
            status = self.env["crm.lead.status"]._get_of_category("recycled")

            def lay_aside(env):
                record = self._pick(lead, env)
                env["crm.lead.recycle"].create(
                    {
                        "lead_ids": [Command.set(record.ids)],
                        "status_id": status.id,
                        "recycle_reason": text,
                    }
                ).action_apply()
                return record

            if record := self._try(person, lay_aside):
                self._typed(record, {"recycle_reason": text})

        @rule()
        def recycled_are_due(self):
            if all(row.category != "recycled" for row in self.rows.values()):
                return

            def take_up(env):
                leads = self._leads(env).filtered("recycle_date")
                leads.recycle_date = fields.Date.today() - timedelta(days=1)
                leads._reopen_recycled()

            self._try(None, take_up)

        @rule(lead=something)
        def contact_replies(self, lead):
            text = self._text()

            def reply(env):
                record = self._pick(lead, env)
                message = {
                    "email_from": record.email_from or EMAILS[0],
                    "body": text,
                    "message_type": "email",
                }
                record.message_update(message)
                record.message_post(**message)
                return record

            if self._try(None, reply):
                self.texts[text] = "mail.message", 0, text

        @rule(person=someone, lead=something)
        def lose(self, person, lead):
            text = self._text()

            def mark(env):
                record = self._pick(lead, env)
                env["crm.lead.lost"].create(
                    {
                        "lead_ids": [Command.set(record.ids)],
                        "lost_reason_id": self.world.lost_reason.id,
                        "lost_feedback": text,
                    }
                ).action_lost_reason_apply()
                return True

            if self._try(person, mark):
                self.texts[text] = "mail.message", 0, text

        @rule(person=someone, lead=something)
        def restore(self, person, lead):
            def bring_back(env):
                record = self._pick(lead, env)
                if record.won_status == "lost":
                    record.action_restore()

            self._try(person, bring_back)

        @rule(
            person=someone,
            lead=something,
            kind=st.sampled_from(["account", "opportunity", "existing"]),
            other=something,
        )
        def convert(self, person, lead, kind, other):
            def to_records(env):
                record = self._pick(lead, env)
                options = {"target": kind}
                if kind == "existing":
                    into = self._pick(other, env)
                    options = {"target": "opportunity", "opportunity_id": into.id}
                return record.convert_lead(**options)

            self._try(person, to_records)

        @rule(person=someone, lead=something)
        def convert_in_the_wizard(self, person, lead):
            def apply(env):
                record = self._pick(lead, env)
                wizard = (
                    env["crm.lead2opportunity.partner"]
                    .with_context(
                        active_model="crm.lead",
                        active_id=record.id,
                        active_ids=record.ids,
                    )
                    .create({})
                )
                return wizard.action_apply()

            self._try(person, apply)

        @rule(person=someone, lead=something)
        def undo(self, person, lead):
            def take_back(env):
                record = self._pick(lead, env)
                record.check_access("read")
                return record.conversion_id.action_undo()

            self._try(person, take_back)

        @rule(person=someone, first=something, second=something)
        def merge_leads(self, person, first, second):
            def merge(env):
                records = self._pick(first, env) | self._pick(second, env)
                return records.merge_opportunity(auto_unlink=True)

            self._try(person, merge)

        @rule(first=something, second=something)
        def merge_accounts(self, first, second):
            def merge(env):
                partners = (
                    self._pick(first, env) | self._pick(second, env)
                ).partner_id.commercial_partner_id
                if len(partners) == 2:
                    env["base.partner.merge.automatic.wizard"]._merge(
                        partners.ids, partners[0]
                    )

            self._try(2, merge)

        @rule(person=someone, lead=something)
        def duplicate(self, person, lead):
            if len(self.rows) >= MOST_LEADS:
                return

            def copy(env):
                record = self._pick(lead, env)
                record.check_access("read")
                copied = record.copy()
                return copied, record.type

            if done := self._try(person, copy):
                copied, kind = done[0].with_env(self.env), done[1]
                if kind == "lead":
                    self.world.assertTrue(copied.active)
                    self.world.assertIn(copied.status_category, OPEN_CATEGORIES)
                    self.world.assertFalse(copied.conversion_id)

        @rule(person=someone, lead=something)
        def archive(self, person, lead):
            self._try(person, lambda env: self._pick(lead, env).action_archive())

        @rule(person=someone, lead=something)
        def unarchive(self, person, lead):
            self._try(person, lambda env: self._pick(lead, env).action_unarchive())

        @rule(person=someone, lead=something)
        def delete(self, person, lead):
            if not self.rows:
                return
            record = self._pick(lead)
            gone = self._find_texts(record)
            if self._try(person, lambda env: record.with_env(env).unlink()):
                # What a person deletes is deleted on purpose.
                found = self._find_texts()
                for text in gone:
                    if text not in found:
                        self.texts.pop(text, None)

        # -- what holds after each step ---------------------------------------------

        def _find_texts(self, lead=None):
            """Return which of the texts stand where people find them.

            :param lead: look only at this lead and its chatter
            """
            self.env.flush_all()
            shelves = [
                SQL(
                    "SELECT to_jsonb(shelf)::text FROM %s shelf WHERE id > %s",
                    SQL.identifier(table),
                    self.world.last_ids[table],
                )
                for table in SHELVES
            ]
            if lead is not None:
                shelves = [
                    SQL(f"SELECT to_jsonb(shelf)::text FROM {place}", lead.ids)
                    for place in PLACES_OF_LEAD
                ]
            rows = self.env.execute_query(SQL(" UNION ALL ").join(shelves))
            return set(TYPED.findall("\n".join(row for (row,) in rows)))

        @invariant()
        def everything_fits(self):
            if self.is_checked:
                return
            self._check_texts()
            self._check_statuses()
            self._check_visibility()
            self._check_limits()
            self.is_checked = True

        def _check_texts(self):
            if gone := self.texts.keys() - self._find_texts():
                self.world.fail(
                    "Gone without a word: "
                    + ", ".join(f"{text} ({self.texts[text]})" for text in gone)
                )

        def _check_statuses(self):
            for row in self.rows.values():
                if row.type != "lead":
                    expected = (None, "converted")
                elif row.won == "lost":
                    expected = ("dead",)
                elif row.entries:
                    expected = ("converted",)
                else:
                    expected = OPEN_CATEGORIES
                self.world.assertIn(row.category, expected, row)
                self.world.assertFalse(row.queue and row.user, row)
                self.world.assertLessEqual(row.entries, 1, row)

        def _check_visibility(self):
            for person, user in enumerate(self.world.people):
                companies, queues, sees_all = self.world.sights[person]
                expected = {
                    row.id
                    for row in self.rows.values()
                    if row.company in companies
                    and row.queue in queues
                    and (sees_all or row.user in (None, user.id))
                }
                seen = self._leads(self._as(person))
                self.world.assertEqual(
                    set(seen.ids), expected, f"What {user.name} sees"
                )

        def _check_limits(self):
            for (user, queue), leads in self.claimed.items():
                if queue == self.world.queues[0].id:
                    self.world.assertLessEqual(len(leads), CLAIM_LIMIT, user.login)

        def _check_counts(self):
            """Compare what is counted with the rows that are there."""
            leads = self._leads(self.env)
            for queue in self.env["crm.lead.queue"].browse(
                [queue.id for queue in self.world.queues]
            ):
                # What was closed while it waits stays there, and nobody can claim it.
                waiting = leads.filtered(
                    lambda lead, queue=queue: (
                        lead.queue_id == queue
                        and lead.active
                        and lead.status_category in OPEN_CATEGORIES
                    )
                )
                self.world.assertEqual(queue.lead_count, len(waiting), queue.name)
            self.env.flush_all()
            rows = self.env["crm.lead.report"].search([("lead_id", "in", leads.ids)])
            converted = leads.filtered(lambda lead: lead.status_category == "converted")
            self.world.assertEqual(
                rows.filtered("is_converted").lead_id, converted, "Report: converted"
            )
            self.world.assertEqual(
                rows.filtered("is_open").lead_id,
                leads.filtered(
                    lambda lead: (
                        lead.active
                        and lead.type == "lead"
                        and lead.status_category in OPEN_CATEGORIES
                    )
                ),
                "Report: open",
            )


@tagged("post_install", "-at_install", "-standard", "lead_life")
class TestLife(TestCaptureSubmissionCommon):
    """Whatever people do with leads, in any order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company_a = cls.env.company
        company_b = cls.env["res.company"].create(
            {"name": "Company B", "currency_id": cls.env.ref("base.EUR").id}
        )
        both = Command.set((company_a | company_b).ids)
        cls.sam = new_test_user(
            cls.env, "life_sam", "sales_team.group_sale_salesman", name="Sam"
        )
        cls.mia = new_test_user(
            cls.env,
            "life_mia",
            "sales_team.group_sale_salesman_all_leads",
            name="Mia",
            company_id=company_b.id,
            company_ids=[Command.set(company_b.ids)],
        )
        cls.max = new_test_user(
            cls.env,
            "life_max",
            "sales_team.group_sale_manager,base.group_partner_manager",
            name="Max",
            company_ids=[both],
        )
        cls.people = cls.sam, cls.mia, cls.max
        cls.queues = cls.env["crm.lead.queue"].create(
            [
                {
                    "name": "Of Sam, limited",
                    "notify": "none",
                    "claim_limit": CLAIM_LIMIT,
                    "company_id": company_a.id,
                    "member_user_ids": [Command.set(cls.sam.ids)],
                },
                {
                    "name": "Of both",
                    "notify": "none",
                    "company_id": False,
                    "member_user_ids": [Command.set((cls.sam | cls.mia).ids)],
                },
            ]
        )
        rule_a = cls.env["crm.lead.assignment.rule"].create(
            {"name": "A", "company_id": company_a.id}
        )
        cls.env["crm.lead.assignment.rule.entry"].create(
            [
                {
                    "rule_id": rule_a.id,
                    "name": "Acme",
                    "target": "queue",
                    "queue_id": cls.queues[0].id,
                    "domain": "[('partner_name', 'ilike', 'acme')]",
                },
                {
                    "rule_id": rule_a.id,
                    "name": "Others",
                    "target": "rotation",
                    "user_ids": [Command.set((cls.sam | cls.max).ids)],
                },
            ]
        )
        # Which companies and queues somebody sees leads of, and whether of everybody;
        # nothing that is done changes it.
        cls.sights = [
            (
                (None, *user.company_ids.ids),
                (
                    None,
                    *cls.queues.filtered(
                        lambda queue, user=user: (
                            user == cls.max or user in queue.user_ids
                        )
                    ).ids,
                ),
                user != cls.sam,
            )
            for user in cls.people
        ]
        cls.last_lead = (
            cls.env["crm.lead"]
            .with_context(active_test=False)
            .search([], order="id desc", limit=1)
            .id
            or 0
        )
        cls.env.flush_all()
        cls.last_ids = {}
        for table in SHELVES:
            cls.env.cr.execute(
                SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table))
            )
            [cls.last_ids[table]] = cls.env.cr.fetchone()

    def _capture(self, answers):
        form = self.form
        intake = form._get_intake(form.token)
        self.submissions._receive(
            intake,
            {"first_name": "", **answers},
            f"192.0.2.{next(self.addresses) % 250}",
            intake.langs[0],
        )
        self._process()

    def setUp(self):
        super().setUp()
        self.addresses = itertools.count(1)

    def test_whatever_is_done_nothing_is_lost_and_everything_fits(self):
        if not st:
            self.skipTest("hypothesis is not installed")
        machine = type("Life", (Life,), {"world": self})
        try:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=LIVES or SAME_LIVES,
                    stateful_step_count=STEPS,
                    derandomize=not LIVES,
                    deadline=None,
                    database=None,
                    print_blob=False,
                    report_multiple_bugs=False,
                    # To make a failing life shorter takes longer than to read it.
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception as failure:
            failure.__notes__ = []  # every step of the life, again
            # Tests show no more of a traceback than what is in the test's file.
            trace = "".join(traceback.format_tb(failure.__traceback__)[-TOLD_FRAMES:])
            self.fail(f"{failure!r}\n{trace}{self.story}")
