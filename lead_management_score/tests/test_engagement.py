from datetime import timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ScoreCase

EVENTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400)), max_size=12)


@tagged("post_install", "-at_install", "lead_score")
class TestEngagement(ScoreCase):
    """What happened gives points, which lose their worth."""

    def test_points_have_half_their_worth_after_the_half_life(self):
        for days, points in ((0, 8), (10, 4), (20, 2), (200, 0)):
            lead = self._create_lead(self.user_sales_salesman)
            self._receive(lead, days=days)
            self.assertEqual(self._count(lead), [points], days)

    def test_points_lose_worth_at_midnight_in_utc_only(self):
        self.rule_email.half_life = 1
        self.user_sales_salesman.tz = "Asia/Tokyo"
        lead = self._create_lead(self.user_sales_salesman)
        evening = Datetime.to_datetime("2026-03-10 23:59:59")
        self._receive(lead, date=evening)
        lead = lead.with_user(self.user_sales_salesman)
        for seconds, points in ((0, 8), (1, 4), (86_400, 4), (86_401, 2)):
            with freeze_time(evening + timedelta(seconds=seconds)):
                self.assertEqual(self._count(lead), [points], seconds)

    def test_points_stay_without_a_half_life_and_stop_at_the_limit(self):
        lead = self._create_lead(self.user_sales_salesman)
        self.rule_email.half_life = 0
        self._receive(lead, days=5000, number=2)
        self.assertEqual(self._count(lead), [16])
        self._receive(lead, number=9)
        self.assertEqual(self._count(lead), [20])
        self.rule_email.max_points = 0
        self.assertEqual(self._count(lead), [88])
        self.rule_email.write({"points": -8, "max_points": 20})
        self.assertEqual(self._count(lead), [-20])

    def test_colleagues_and_what_is_to_come_give_none(self):
        lead = self._create_lead(self.user_sales_salesman)
        self._receive(lead, author_id=self.user_sales_manager.partner_id.id)
        self._receive(lead, message_type="comment")
        self._receive(lead, days=-2)
        self.assertEqual(self._count(lead), [0])

    def test_meetings_count_once_they_have_begun(self):
        rules = self.env["crm.lead.engagement.rule"].with_user(self.user_sales_manager)
        rules.action_add_usual()
        points = rules.search([("kind", "=", "meeting")]).points
        lead = self._create_lead(self.user_sales_salesman)
        start = Datetime.now().replace(microsecond=0) - timedelta(minutes=30)
        meeting = self.env["calendar.event"].create(
            {
                "name": "Workshop",
                "start": start,
                "stop": start + timedelta(hours=1),
                "opportunity_id": lead.id,
            }
        )
        with freeze_time(start + timedelta(minutes=1)):
            self.assertEqual(self._count(lead), [points])
            meeting.write(
                {
                    "start": start + timedelta(days=1),
                    "stop": start + timedelta(days=1, hours=1),
                }
            )
            self.assertEqual(self._count(lead), [0])

    def test_counting_is_no_work_on_the_lead(self):
        lead = self.env["crm.lead"].create(
            {"name": "Lead", "type": "lead", "user_id": self.user_sales_salesman.id}
        )
        self._receive(lead)
        lead.neglect_level = 1
        lead.date_last_touch -= timedelta(days=9)
        self.flush_tracking()
        names = ["is_unread", "date_last_touch", "neglect_level", "message_ids"]
        [before] = lead.read(names)
        self.assertEqual(self._count(lead), [8])
        # A rule that asks for it is asked.
        self.env["crm.lead.star.rule"].create(
            {"name": "Engaged", "domain": "[('score_engagement', '>', 100)]"}
        )
        self.rule_email.points = 4
        self.assertEqual(self._count(lead), [4])
        self.flush_tracking()
        self.assertEqual(lead.read(names), [before])
        self.assertTrue(before["is_unread"])

    def test_usual_rules_of_other_companies_are_theirs(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        rules = self.env["crm.lead.engagement.rule"]
        rules.create({"kind": "meeting", "company_id": company.id})
        rules = rules.with_user(self.user_sales_manager)
        rules.action_add_usual()
        meeting = rules.search([("kind", "=", "meeting")])
        self.assertEqual(meeting.company_id, self.user_sales_manager.company_id)
        kinds = self.env["crm.lead"]._get_engagement_kinds()
        self.assertEqual(set(rules.search([]).mapped("kind")), set(kinds))
        self.assertEqual(rules.search([("company_id", "!=", False)]), meeting)

    def test_usual_rules_are_added_once(self):
        rules = self.env["crm.lead.engagement.rule"].with_user(self.user_sales_manager)
        rules.action_add_usual()
        kinds = self.env["crm.lead"]._get_engagement_kinds()
        self.assertEqual(set(rules.search([]).mapped("kind")), set(kinds))
        self.assertEqual(len(rules.search([])), len(kinds))
        rules.action_add_usual()
        self.assertEqual(len(rules.search([])), len(kinds))

    @settings(max_examples=12, deadline=None, database=None, derandomize=True)
    @given(events=EVENTS, half_life=st.integers(0, 40), limit=st.integers(0, 60))
    def test_many_are_as_each_one_and_as_the_formula(self, events, half_life, limit):
        with self.env.cr.savepoint() as savepoint:
            self.rule_email.write({"half_life": half_life, "max_points": limit})
            leads = self.env["crm.lead"].create(
                [{"name": f"Lead {index}", "type": "lead"} for index in range(6)]
            )
            expected = [0.0] * 6
            for index, days in events:
                self._receive(leads[index], days=days)
                expected[index] += 8 * (0.5 ** (days / half_life) if half_life else 1)
            domain = [("id", "in", leads.ids)]
            together = leads._find_engagement_changes(domain)
            alone = {}
            for lead in leads:
                alone |= lead._find_engagement_changes([("id", "=", lead.id)])
            self.assertEqual(together, alone)
            for lead, points in zip(leads, expected, strict=True):
                points = min(points, limit) if limit else points
                self.assertAlmostEqual(together.get(lead.id, 0), points, delta=0.51)
                parts = lead._get_engagement_parts()
                self.assertAlmostEqual(sum(part[3] for part in parts), points, places=6)
            savepoint.rollback()
            self.env.invalidate_all(flush=False)

    def test_the_scheduled_action_counts_open_leads(self):
        lead, dead = (
            self._create_lead(self.user_sales_salesman) for _index in range(2)
        )
        dead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self._receive(lead)
        self._receive(dead)
        self.env.flush_all()
        written = lead.write_date
        with self.enter_registry_test_mode():
            self.env.ref(
                "lead_management_score.ir_cron_engagement"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((lead.score_engagement, dead.score_engagement), (8, 0))
        self.assertEqual(lead.write_date, written)
