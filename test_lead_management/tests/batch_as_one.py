import os
import random
from collections import Counter
from datetime import datetime, timedelta

from odoo.tools import SQL, mute_logger

from odoo.addons.lead_management_assignment.tests.test_assignment_rule import (
    TestAssignmentCommon,
)

from . import throwaway_addon
from .test_batch_capture import stop_the_clock

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# How many leads are done together, in place of what each test does by itself;
# BATCH_SIZES=1,2,49,50,120,500 ./dev test test_batch_as_one does more. Around 50 and
# beyond it, code that learns from some leads has gone wrong.
SIZES = os.environ.get("BATCH_SIZES")
# Batches of so many are compared with one lead at a time, and far larger ones with
# batches of so many.
PROVEN = 50
EXAMPLES = int(os.environ.get("BATCH_EXAMPLES") or 1)
# Few leads are refused: each is looked for by halves
CITIES = [*6 * ["Bonn", "Berlin", "Posted", False], "Nowhere"]
# What one transaction can't have twice, and what no two runs share
UNLIKE = {"id", "message_id", "mail_message_id", "mail_notification_id"}


class UndoError(Exception):
    """Takes back what a run did."""


class BatchAsOneCase(TestAssignmentCommon):
    """Compare what is done to many leads with what is done to each: the rows, chatter,
    followers and notifications, and the calls of the methods that other addons
    override, whatever leads stand beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stop_the_clock(cls)
        cls._create_past()
        throwaway_addon.install(cls)
        cls.company = cls.env.company
        currency = cls.env.ref("base.USD") | cls.env.ref("base.EUR")
        currency.active = True
        other = (currency - cls.company.currency_id)[:1]
        cls.other_company = cls.env["res.company"].create(
            {"name": "Abroad", "currency_id": other.id}
        )
        companies = cls.company + cls.other_company
        cls.arno = cls.cora.copy({"name": "Arno", "login": "arno"})
        (cls.anna + cls.bert + cls.arno).company_ids += companies
        cls.user_sales_manager.company_ids += companies
        cls.manager = cls.user_sales_manager
        cls.queue = cls.env["crm.lead.queue"].create(
            {"name": "Web", "notify": "none", "member_user_ids": cls.anna.ids}
        )
        cls.imports = cls.env["crm.lead.import"].create(
            [{"name": "Fair.xlsx"}, {"name": "List.csv"}]
        )
        cls.campaigns = cls.env["utm.campaign"].create(
            [{"title": "Spring"}, {"title": "Autumn"}]
        )
        cls.form = cls.env["crm.lead.capture.form"].create({"name": "Contact us"})
        cls.tags = cls.env["crm.tag"].create(
            [{"name": "Batch red"}, {"name": "Batch blue"}]
        )
        cls.team = cls.sales_team_1
        cls.env.flush_all()

    cities = CITIES

    # -- leads of many kinds -----------------------------------------------------

    def _create_mixed(self, count, dice):
        """Create so many leads, no two of them alike but by chance."""

        def any_of(*choices):
            return dice.choice(choices)

        leads = self.env["crm.lead"]
        vals_list = []
        for number in range(count):
            owner = any_of(leads.user_id, self.anna, self.bert, self.cora, self.arno)
            company = any_of(leads.company_id, self.company, self.other_company)
            if owner and company not in owner.company_ids:
                company = leads.company_id
            vals_list.append(
                {
                    "type": any_of("lead", "lead", "lead", "lead", "opportunity"),
                    "name": f"Lead {number}",
                    "user_id": owner.id,
                    "company_id": company.id,
                    "team_id": any_of(False, self.team.id) if not company else False,
                    "import_id": any_of(False, *self.imports.ids),
                    "capture_form_id": any_of(False, self.form.id),
                    "campaign_id": any_of(False, *self.campaigns.ids),
                    "expected_revenue": any_of(0, 500, 12345.678),
                    "city": any_of(*self.cities),
                    "country_id": any_of(False, self.country_de.id, self.country_us.id),
                    "email_from": any_of(False, f"lead{number}@example.com"),
                    "tag_ids": any_of([], self.tags.ids, self.tags[:1].ids),
                }
            )
        with mute_logger("odoo.models.unlink"):
            leads = leads.with_context(tracking_disable=True).create(
                [
                    {
                        **vals,
                        # Nobody owns a lead that is refused to all.
                        "user_id": vals["city"] != "Nowhere" and vals["user_id"],
                    }
                    for vals in vals_list
                ]
            )
        queued, recycled, begun = leads.browse(), leads.browse(), leads.browse()
        for lead in leads:
            if lead.type == "lead":
                choice = any_of("queue", "recycled", "begun", *4 * [None])
                if choice == "queue" and lead.company_id != self.other_company:
                    queued += lead
                elif choice == "recycled":
                    recycled += lead
                elif choice == "begun":
                    begun += lead
        queued.write({"queue_id": self.queue.id})
        recycled._write_status(self.status_recycled)
        begun._write_status(self.status_in_process)
        (leads - recycled)[::3].message_subscribe(
            self.manager.partner_id.ids,
            subtype_ids=self.env.ref("crm.mt_lead_stage").ids,
        )
        self.flush_tracking()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - INTERVAL '3 days',"
            " create_uid = CASE WHEN id %% 3 = 0 THEN user_id ELSE create_uid END,"
            " date_status_update = create_date - INTERVAL '2 days',"
            " date_last_touch = create_date, write_date = create_date,"
            " date_open = date_open - INTERVAL '1 day'"
            " WHERE id = ANY(%s)",
            [leads.ids],
        )
        self.env.invalidate_all()
        return self.env["crm.lead"].browse(leads.ids)

    # -- both ways ---------------------------------------------------------------

    def _check_as_one(self, do, sizes):
        """Check, over leads of many kinds, that doing something to all of them is doing
        it to each.

        :param do: called with leads, returns what can be added up
        :param sizes: how many leads are done together
        """
        for size in map(int, SIZES.split(",")) if SIZES else sizes:
            with self.subTest(size=size):
                self._check_size_as_one(size, do)

    def _check_size_as_one(self, size, do):
        @settings(
            max_examples=EXAMPLES * (1 if size > 2 else 4),
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(seed=st.integers(min_value=1))
        def check(seed):
            self._compare(size, random.Random(seed), do)

        check()

    def _compare(self, size, dice, do):
        self.maxDiff = None
        step = 1
        if size > 2 * PROVEN and not SIZES:
            step, self.cities = PROVEN, CITIES[:-1]
        try:
            with self.env.cr.savepoint():
                leads = self._create_mixed(size, dice)
                one_by_one = self._run(leads, do, step)
                together = self._run(leads, do, size)
                self.assertEqual(together[0], one_by_one[0])
                for lead in leads:
                    for about in one_by_one[1][lead.id]:
                        self.assertEqual(
                            together[1][lead.id][about],
                            one_by_one[1][lead.id][about],
                            f"{about} of {lead.id}, {size} leads",
                        )
                raise UndoError
        except UndoError:
            pass

    def _run(self, leads, do, size):
        """Do it to so many leads at a time, say what came of it, and take it back."""
        cr = self.env.cr
        start = cr.now()
        # Ahead of the clock, which turns go by, and so the order is that of the leads.
        ahead = start + timedelta(hours=1)
        total = Counter()
        try:
            with cr.savepoint():
                for first in range(0, len(leads), size):
                    # Each is a transaction's work, a second after the one before.
                    cr._now = ahead + timedelta(seconds=first)
                    total.update(do(leads[first : first + size]))
                    self.flush_tracking()
                told = self._tell(leads, start)
                raise UndoError
        except UndoError:
            cr._now = start
            self.env.invalidate_all()
        return total, told

    def _tell(self, leads, start):
        """Return all that is known of each lead."""
        told = {lead.id: {} for lead in leads}
        for about, query in self._get_queries(leads).items():
            for of_lead in told.values():
                of_lead[about] = []
            self.env.cr.execute(query)
            for row in self.env.cr.dictfetchall():
                told[row.pop("of_lead")][about].append(
                    {
                        name: self._tell_value(name, value, start)
                        for name, value in row.items()
                        if name not in UNLIKE
                    }
                )
        return told

    def _tell_value(self, name, value, start):
        if isinstance(value, datetime) and value >= start.replace(microsecond=0):
            return "now"
        if name == "status_seconds" and value:
            return {status: seconds // 3600 for status, seconds in value.items()}
        return value

    def _get_queries(self, leads):
        """Return, by what it tells, queries of rows with a column `of_lead`."""
        messages = "message.model = 'crm.lead' AND message.res_id = ANY(%s)"
        texts = {
            "row": "SELECT id AS of_lead, * FROM crm_lead WHERE id = ANY(%s)",
            "messages": "SELECT res_id AS of_lead, * FROM mail_message AS message"
            f" WHERE {messages} ORDER BY id",
            "tracking": "SELECT message.res_id AS of_lead, value.*"
            " FROM mail_tracking_value AS value JOIN mail_message AS message"
            f" ON message.id = value.mail_message_id WHERE {messages}"
            " ORDER BY value.id",
            "notifications": "SELECT message.res_id AS of_lead, told.*"
            " FROM mail_notification AS told JOIN mail_message AS message"
            f" ON message.id = told.mail_message_id WHERE {messages}"
            " ORDER BY told.mail_message_id, told.res_partner_id",
            "mails": "SELECT message.res_id AS of_lead, mail.email_to, mail.state,"
            " mail.body_html FROM mail_mail AS mail JOIN mail_message AS message"
            f" ON message.id = mail.mail_message_id WHERE {messages} ORDER BY mail.id",
            "followers": "SELECT follower.res_id AS of_lead, follower.partner_id,"
            " ARRAY_AGG(subtype.mail_message_subtype_id"
            " ORDER BY subtype.mail_message_subtype_id) FROM mail_followers AS follower"
            " LEFT JOIN mail_followers_mail_message_subtype_rel AS subtype"
            " ON subtype.mail_followers_id = follower.id"
            " WHERE follower.res_model = 'crm.lead' AND follower.res_id = ANY(%s)"
            " GROUP BY follower.id ORDER BY follower.partner_id",
            "activities": "SELECT res_id AS of_lead, * FROM mail_activity"
            " WHERE res_model = 'crm.lead' AND res_id = ANY(%s) ORDER BY id",
            "queue": "SELECT lead_id AS of_lead, * FROM crm_lead_queue_event"
            " WHERE lead_id = ANY(%s) ORDER BY id",
            "calls": f"SELECT lead_id AS of_lead, * FROM {throwaway_addon.CALLS}"
            " WHERE lead_id = ANY(%s) ORDER BY id",
            "campaigns": "SELECT lead_id AS of_lead, * FROM crm_lead_campaign_member"
            " WHERE lead_id = ANY(%s) ORDER BY campaign_id",
            "plans": "SELECT lead_id AS of_lead, plan_id, state, user_id, step_count,"
            " date_start, next_date FROM crm_lead_plan_run WHERE lead_id = ANY(%s)",
        }
        for name, field in leads._fields.items():
            if field.type == "many2many" and field.store:
                texts[name] = (
                    f"SELECT {field.column1} AS of_lead, {field.column2}"
                    f" FROM {field.relation} WHERE {field.column1} = ANY(%s)"
                    f" ORDER BY {field.column2}"
                )
        return {about: SQL(text, leads.ids) for about, text in texts.items()}
