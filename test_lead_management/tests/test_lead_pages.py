from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged, users
from odoo.tools.safe_eval import safe_eval

from odoo.addons.lead_management.models.crm_lead.recent import RECENT_LEADS
from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon

PAGES = ("all", "my_leads", "to_claim")


@tagged("post_install", "-at_install", "lead_pages")
class TestRecentLeads(TestQueueCommon):
    """The leads somebody opened last, for nobody else."""

    def find_recent(self, user):
        leads = self.env["crm.lead"].with_user(user)
        return leads.search([("is_recent", "=", True)], order="is_recent desc")

    def test_the_latest_comes_first(self):
        first, second, third = (
            self._create_lead(self.user_sales_salesman) for _number in range(3)
        )
        for lead in (third, first, second, first):
            lead.with_user(self.user_sales_salesman).mark_as_read()
        recent = self.find_recent(self.user_sales_salesman)
        self.assertEqual(recent.ids, [first.id, second.id, third.id])
        self.assertTrue(all(recent.mapped("is_recent")))
        others = self.env["crm.lead"].with_user(self.user_sales_salesman)
        self.assertNotIn(first, others.search([("is_recent", "=", False)]))

    def test_it_is_nobody_else_s(self):
        self.lead_own.with_user(self.user_sales_salesman).mark_as_read()
        self.assertFalse(self.find_recent(self.user_sales_manager))
        self.assertFalse(self.lead_own.with_user(self.user_sales_manager).is_recent)

    def test_who_lost_access_sees_it_no_more(self):
        salesman = self.user_sales_salesman
        self.lead_own.with_user(salesman).mark_as_read()
        self.assertEqual(self.find_recent(salesman), self.lead_own)
        self.lead_own.user_id = self.user_sales_manager
        self.assertFalse(self.find_recent(salesman))
        home = self.env["crm.lead"].with_user(salesman).get_lead_home()
        self.assertFalse(home["recent"])

    def test_a_deleted_lead_is_gone(self):
        self.lead_own.with_user(self.user_sales_salesman).mark_as_read()
        self.lead_own.unlink()
        self.assertFalse(self.find_recent(self.user_sales_salesman))

    def test_only_the_last_ones_are_kept(self):
        leads = self.env["crm.lead"].create(
            [{"name": str(number)} for number in range(RECENT_LEADS + 5)]
        )
        for lead in leads:
            lead.with_user(self.user_sales_manager).mark_as_read()
        self.assertEqual(
            self.find_recent(self.user_sales_manager), leads[5:].sorted(reverse=True)
        )

    def test_what_was_viewed_is_not_sent_with_every_page(self):
        self.lead_own.with_user(self.user_sales_salesman).mark_as_read()
        settings = self.user_sales_salesman.res_users_settings_id
        self.assertNotIn("recent_lead_ids", settings._res_users_settings_format())

    def test_what_users_write_themselves_breaks_nothing(self):
        settings = self.env["res.users.settings"]._find_or_create_for_user(
            self.user_sales_salesman
        )
        for nonsense in ("x", {"a": 1}, [{"id": 1}, "2", True, None, 2**40]):
            settings.with_user(self.user_sales_salesman).recent_lead_ids = nonsense
            self.assertFalse(self.find_recent(self.user_sales_salesman))
            self.lead_own.invalidate_recordset()
            self.assertFalse(
                self.lead_own.with_user(self.user_sales_salesman).is_recent
            )

    def test_home_shows_converted_ones_too(self):
        lead = self.lead_own.with_user(self.user_sales_salesman)
        lead.mark_as_read()
        lead.convert_lead("account")
        home = lead.get_lead_home()
        self.assertEqual([recent["id"] for recent in home["recent"]], lead.ids)
        [count] = [v["count"] for v in home["views"] if v["name"] == "recent"]
        self.assertEqual(count, 1)

    @users("user_sales_salesman")
    def test_opening_the_same_lead_again_writes_nothing(self):
        lead = self.lead_own.with_env(self.env)
        lead.mark_as_read()
        self.env.flush_all()
        settings = self.env.user.res_users_settings_id
        written = settings.write_date
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            lead.mark_as_read()
        self.assertEqual(settings.write_date, written)


@tagged("post_install", "-at_install", "lead_pages")
class TestLeadPages(TestQueueCommon):
    """All leads, and two parts of them: one's own, and those to be claimed."""

    def get_action(self, name):
        addon = (
            "lead_management_assignment" if name == "to_claim" else "lead_management"
        )
        return self.env.ref(f"{addon}.crm_lead_action_{name}").sudo()

    def find(self, name, user):
        domain = safe_eval(self.get_action(name).domain, {"uid": user.id})
        return self.env["crm.lead"].with_user(user).search(domain)

    def test_pages_are_filtered_differently(self):
        salesman = self.user_sales_salesman
        unowned = self.env["crm.lead"].create({"name": "Nobody's", "type": "lead"})
        unowned.user_id = False
        self.assertIn(self.lead_own, self.find("my_leads", salesman))
        self.assertNotIn(self.lead_queued, self.find("my_leads", salesman))
        self.assertNotIn(self.lead_own, self.find("to_claim", salesman))
        self.assertGreaterEqual(
            self.find("to_claim", salesman), self.lead_queued | unowned
        )
        self.assertGreaterEqual(
            self.find("all", salesman), self.lead_own | self.lead_queued | unowned
        )
        self.assertNotIn(self.lead_queued, self.find("to_claim", self.outsider))

    def test_every_page_has_every_view(self):
        for name in PAGES:
            views = {mode for _view, mode in self.get_action(name).views}
            self.assertEqual(
                views,
                {"list", "kanban", "calendar", "pivot", "graph", "activity", "form"},
                name,
            )

    @users("user_sales_salesman")
    def test_a_lead_can_be_added_on_every_page(self):
        owners = {}
        for name in PAGES:
            context = safe_eval(self.get_action(name).context)
            with Form(self.env["crm.lead"].with_context(**context)) as form:
                form.contact_first_name = "Ann"
                form.contact_last_name = "New"
                form.partner_name = name
            lead = form.record
            self.assertEqual(lead.type, "lead")
            self.assertIn(lead, self.find(name, self.env.user))
            owners[name] = lead.user_id
        self.assertEqual(owners["my_leads"], self.env.user)
        self.assertFalse(owners["to_claim"])


@tagged("post_install", "-at_install", "lead_pages")
class TestLeadCalendar(TestQueueCommon):
    """Deadlines in the calendar, and what moving one there does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.lead_own.quote_deadline = cls.today + timedelta(days=3)
        cls.lead_later = cls._create_lead(cls.user_sales_salesman)
        cls.lead_later.write(
            {
                "quote_deadline": cls.today,
                "status_id": cls.status_recycled.id,
                "recycle_date": cls.today + timedelta(days=40),
            }
        )

    def find(self, first, last):
        """Ask as the calendar does."""
        return (
            self.env["crm.lead"]
            .with_user(self.user_sales_salesman)
            .search(
                [
                    ("agenda_date", "<=", self.today + timedelta(days=last)),
                    ("agenda_date", ">=", self.today + timedelta(days=first)),
                ]
            )
        )

    def test_a_lead_is_there_when_its_quote_is_due(self):
        self.assertEqual(self.find(0, 30), self.lead_own)

    def test_a_recycled_lead_is_there_when_it_comes_back(self):
        self.assertEqual(self.find(31, 60), self.lead_later)

    def test_moving_a_lead_moves_its_date(self):
        (self.lead_own | self.lead_later).with_user(
            self.user_sales_salesman
        ).agenda_date = self.today + timedelta(days=7)
        self.assertEqual(self.lead_own.quote_deadline, self.today + timedelta(days=7))
        self.assertEqual(self.lead_later.recycle_date, self.lead_own.quote_deadline)
        self.assertEqual(self.lead_later.quote_deadline, self.today)
