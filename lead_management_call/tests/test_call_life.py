from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_call")
class TestCallLife(CallCase):
    """What becomes of calls when something happens to their lead."""

    def test_calls_go_along_in_a_merge(self):
        other = self._create_lead(self.user_sales_salesman, phone="+1 202 555 0177")
        calls = self._log(self.reached) + self._log(self.voicemail, other)
        merged = (self.lead_own + other).merge_opportunity()
        self.assertEqual(merged.call_ids, calls.with_env(self.env))

    def test_calls_go_with_the_lead(self):
        call = self._log(self.reached)
        self.lead_own.unlink()
        self.assertFalse(call.exists())

    def test_calls_stay_when_the_lead_is_converted(self):
        call = self._log(self.reached)
        lead = self.lead_own.with_user(self.user_sales_salesman)
        lead.convert_lead()
        self.assertEqual(call.lead_id, lead)
        self.assertEqual(call.read(["outcome_id"])[0]["id"], call.id)

    def test_an_outcome_in_use_is_archived_and_not_deleted(self):
        self._log(self.reached)
        with self.assertRaisesRegex(UserError, "Reached"):
            self.reached.unlink()
        unused = self.reached.copy({"name": "Assistant"})
        unused.unlink()

    def test_calls_are_seen_with_their_lead(self):
        call = self._log(self.reached, user=self.user_sales_manager)
        domain = [("id", "=", call.id)]
        seen = self.env["crm.lead.call"].with_user(self.user_sales_salesman)
        self.assertEqual(seen.search(domain), call)
        self.lead_own.user_id = self.user_sales_manager
        self.assertFalse(seen.search(domain))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.lead_own.write(
            {"user_id": False, "team_id": False, "company_id": company.id}
        )
        self.assertEqual(call.sudo().company_id, company)
        manager = seen.with_user(self.user_sales_manager)
        self.assertFalse(manager.search(domain))

    def test_the_report_counts_by_outcome_and_person(self):
        self._log(self.reached)
        self._log(self.call_back)
        self._log(self.voicemail)
        self._log(self.reached, user=self.user_sales_manager)
        groups = self.env["crm.lead.call"]._read_group(
            [("lead_id", "=", self.lead_own.id)],
            ["user_id"],
            ["__count", "reached_count:sum", "reach_rate:avg"],
        )
        counts = {user: rest for user, *rest in groups}
        self.assertEqual(counts[self.user_sales_manager], [1, 1, 100.0])
        count, reached, rate = counts[self.user_sales_salesman]
        self.assertEqual((count, reached, round(rate)), (3, 2, 67))
        for name in ("team_id", "company_id"):
            self.assertTrue(
                self.env["crm.lead.call"].formatted_read_group([], [name], ["__count"])
            )

    def test_leads_that_were_not_called_are_found(self):
        other = self._create_lead(self.user_sales_salesman)
        self._log(self.reached)
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        found = leads.search(
            [("call_ids", "=", False), ("id", "in", (self.lead_own + other).ids)]
        )
        self.assertEqual(found, other)
