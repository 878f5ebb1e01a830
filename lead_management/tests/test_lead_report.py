import re
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import TestLeadManagementCommon


class TestLeadReportCommon(TestLeadManagementCommon):
    """Six leads of a team of two, from two sources, whose numbers are known by heart.

    | lead | owner    | source | came to            | value | campaign |
    |    0 | salesman | fair   | open               |   100 | fair     |
    |    1 | salesman | fair   | account, 10 days   |   200 | fair     |
    |    2 | salesman | fair   | opportunity, won   |   300 |          |
    |    3 | salesman | call   | dead               |   400 | fair     |
    |    4 | other    | call   | into the opportunity of 2 | 500 |     |
    |    5 | nobody   | none   | open               |     0 |          |
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        cls.salesman, cls.other = cls.user_sales_salesman, cls.user_sales_leads
        cls.fair, cls.call = cls.env["utm.source"].create(
            [{"name": "Report fair"}, {"name": "Report call"}]
        )
        cls.campaign = cls.env["utm.campaign"].create({"title": "Fair"})
        rows = [
            (cls.salesman, cls.fair, 100, cls.campaign),
            (cls.salesman, cls.fair, 200, cls.campaign),
            (cls.salesman, cls.fair, 300, None),
            (cls.salesman, cls.call, 400, cls.campaign),
            (cls.other, cls.call, 500, None),
            (None, None, 0, None),
        ]
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Report {number}",
                    "contact_last_name": f"Contact {number}",
                    "partner_name": f"Report firm {number % 2}",
                    "user_id": owner and owner.id,
                    "source_id": source and source.id,
                    "expected_revenue": value,
                    "campaign_id": campaign and campaign.id,
                    "stars": str(number),
                }
                for number, (owner, source, value, campaign) in enumerate(rows)
            ]
        )
        cls.leads[1].convert_lead("account")
        cls.leads[2].convert_lead("opportunity")
        cls.leads[2].action_set_won()
        cls.leads[3].action_set_lost(lost_reason_id=cls.lost_reason.id)
        cls.leads[4].partner_id = cls.leads[2].partner_id
        cls.leads[4].convert_lead("opportunity", opportunity_id=cls.leads[2].id)
        # Created ten days before they were converted
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_lead SET create_date = date_conversion - interval '10 days'"
            " WHERE id IN %s",
            [tuple(cls.leads[1:3].ids)],
        )
        cls.env.invalidate_all()
        cls.report = cls.env["crm.lead.report"]

    def _count(self, groupby, *measures, user=None, domain=()):
        report = self.report.with_user(user or self.user_sales_manager)
        rows = report._read_group(list(domain), [groupby], list(measures))
        return {row[0]: row[1:] if len(row) > 2 else row[1] for row in rows}


@tagged("post_install", "-at_install", "lead_report")
class TestLeadReport(TestLeadReportCommon):
    """The numbers of the reports, checked by hand."""

    def test_source_effectiveness(self):
        self.assertEqual(
            self._count(
                "source_id",
                *("__count", "converted_count:sum", "won_count:sum"),
                *("expected_revenue:sum", "won_revenue:sum"),
            ),
            {
                self.fair: (3, 2, 1, 600, 300),
                self.call: (2, 1, 1, 900, 500),
                self.fair.browse(): (1, 0, 0, 0, 0),
            },
        )
        rates = self._count("source_id", "conversion_rate:avg")
        self.assertAlmostEqual(rates[self.fair], 200 / 3)

    def test_funnel(self):
        self.assertEqual(
            self._count("status_category", "__count"),
            {"assigned": 1, "new": 1, "converted": 3, "dead": 1},
        )

    def test_conversion_time(self):
        time = self._count(
            "is_converted",
            "days_to_convert:avg",
            domain=[("source_id", "=", self.fair.id)],
        )
        self.assertAlmostEqual(time[True], 10)
        self.assertFalse(time[False])

    def test_first_touch(self):
        lead = self.leads[0].with_user(self.salesman)
        self.assertEqual(self._count("user_id", "touched_count:sum")[self.salesman], 0)
        created = datetime(2026, 1, 5, 8)
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s", [created, lead.id]
        )
        note = {"message_type": "comment", "subtype_xmlid": "mail.mt_note"}
        lead.message_post(body="Internal", **note)
        self.assertFalse(lead.date_first_touch)
        hello = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        lead.message_post(body="Hello", **hello)
        self.assertTrue(lead.date_first_touch)
        lead.sudo().date_first_touch = created + timedelta(hours=5)
        lead.message_post(body="Again", **hello)
        self.env.flush_all()
        rows = self._count("lead_id", "hours_to_first_touch:avg", "touched_count:sum")
        self.assertEqual(rows[self.leads[0]], (5, 1))
        # Of the owner's four leads the others don't count: they were not touched.
        rows = self._count("user_id", "hours_to_first_touch:avg", "days_to_convert:avg")
        self.assertEqual(rows[self.salesman][0], 5)
        self.assertAlmostEqual(rows[self.salesman][1], 10)
        self.assertIs(rows[self.env["res.users"]][1], False)

    def test_activities_done_by_owner(self):
        activity = self.leads[0].activity_schedule("mail.mail_activity_data_call")
        activity.action_feedback()
        self.env.flush_all()
        done = self._count("user_id", "activity_count:sum")
        self.assertEqual(done[self.salesman], 1)
        self.assertEqual(done[self.other], 0)

    def test_averages_are_averages(self):
        averages = self._count("user_id", "stars_average:avg")
        self.assertAlmostEqual(averages[self.salesman], (0 + 1 + 2 + 3) / 4)

    def test_age_ends_with_the_lead(self):
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s",
            [datetime.now() - timedelta(days=3), self.leads[0].id],
        )
        ages = self._count("lead_id", "age:avg")
        self.assertAlmostEqual(ages[self.leads[0]], 3, places=2)
        self.assertAlmostEqual(ages[self.leads[1]], 10, places=2)

    def test_undone_conversion_counts_no_more(self):
        self.leads[1].conversion_id.action_undo()
        converted = self._count("source_id", "converted_count:sum")
        self.assertEqual(converted[self.fair], 1)

    def test_native_opportunity_and_archived_lead_have_no_row(self):
        opportunity = self.env["crm.lead"].create(
            {"name": "Native", "type": "opportunity"}
        )
        # What is archived and has no probability is lost, and Dead.
        self.leads[0].write({"active": False, "probability": 10})
        self.env.flush_all()
        leads = self.report.search([], order="lead_id").lead_id
        self.assertEqual(leads, self.leads - self.leads[0])
        self.assertNotIn(opportunity, leads)

    def test_a_report_is_one_query(self):
        report = self.report.with_user(self.salesman)
        asked = (["source_id"], ["converted_count:sum", "won_revenue:sum", "__count"])
        report._read_group([], *asked)
        with self.assertQueryCount(1):
            report._read_group([], *asked)

    def test_a_report_reads_leads_once(self):
        """With the rules on them, not once more to ask which may be read."""
        query = self.report.with_user(self.salesman)._search([])
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        scans = [row for (row,) in plan if re.search(r"Scan.* on crm_lead( |$)", row)]
        self.assertEqual(len(scans), 1, plan)

    def test_row_opens_the_lead(self):
        row = self.report.search([("lead_id", "=", self.leads[0].id)])
        self.assertEqual(row.action_open_lead()["res_id"], self.leads[0].id)

    def test_every_report_opens_for_a_salesman(self):
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "crm.lead.report")]
        )
        self.assertGreaterEqual(len(actions), 6)
        for action in actions:
            with self.subTest(action.name):
                report = self.report.with_user(self.salesman)
                views = report.get_views(action.views, {"toolbar": True})
                self.assertTrue(views["views"])
                self.assertTrue(action.help)


@tagged("post_install", "-at_install", "lead_report", "lead_access")
class TestLeadReportAccess(TestLeadReportCommon):
    """Rows are seen by those who see the lead, and changed by nobody."""

    def _seen_by(self, user):
        return self.report.with_user(user).search([], order="id").lead_id.sudo()

    def test_salesman_counts_his_leads_and_those_of_nobody(self):
        self.assertEqual(self._seen_by(self.salesman), self.leads - self.leads[4])
        counts = self._count("user_id", "__count", user=self.salesman)
        self.assertEqual(sum(counts.values()), 5)
        self.assertEqual(self._seen_by(self.other), self.leads)
        other = self.report.search([("lead_id", "=", self.leads[4].id)])
        with self.assertRaises(AccessError):
            other.with_user(self.salesman).read(["expected_revenue"])

    def test_rules_on_leads_count(self):
        self.env["ir.rule"].create(
            {
                "name": "Nobody sees this one",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": f"[('id', '!=', {self.leads[0].id})]",
            }
        )
        self.assertNotIn(self.leads[0], self._seen_by(self.user_sales_manager))

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.leads[5].company_id = company
        self.env.flush_all()
        self.assertNotIn(self.leads[5], self._seen_by(self.user_sales_manager))

    def test_others_have_no_access(self):
        for group in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"report_{group}", group)
            with self.assertRaises(AccessError):
                self.report.with_user(user).search([])

    def test_nobody_changes_it(self):
        row = self.report.with_user(self.user_sales_manager).search([], limit=1)
        for change in (
            lambda: row.write({"stars": "1"}),
            row.unlink,
            lambda: row.create({"lead_id": self.leads[0].id}),
        ):
            with self.assertRaises(AccessError):
                change()
