from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_bulk_job import TestBulkCommon

# What differs between leads, whoever writes them; the number is crm_lead_code's (OCA)
OWN = ("id", "name", "code", "create_date", "write_date", "write_uid")


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkTracking(TestBulkCommon):
    """The chatter tells of bulk work what it tells of work in the form."""

    def _create_kinds(self):
        """Return leads that are alike within each group of two, but not between."""
        user = self.user_sales_salesman
        leads = (
            self._create_leads(user, 2)
            + self._create_leads(user, 2, expected_revenue=100, phone="+1 202 555 0100")
            + self._create_leads(user, 2, team_id=self.sales_team_1.id)
            + self._create_leads(user, 2, email_from="wile@acme.example")
        )
        self.flush_tracking()
        return leads

    def _tell(self, leads):
        """Return the chatter and the rows of leads."""
        self.flush_tracking()
        self.env.invalidate_all()
        told = []
        for lead in leads:
            messages = [
                (
                    *(str(message.body), message.message_type, message.is_internal),
                    *(message.author_id, message.subtype_id, message.email_from),
                    *(message.notified_partner_ids, message.parent_id.res_id),
                    [
                        (
                            *(value.field_id, value.currency_id),
                            *(value.old_value_char, value.new_value_char),
                            *(value.old_value_integer, value.new_value_integer),
                            *(value.old_value_float, value.new_value_float),
                            *(value.old_value_datetime, value.new_value_datetime),
                        )
                        for value in message.sudo().tracking_value_ids
                    ],
                )
                for message in lead.message_ids
                if message.sudo().tracking_value_ids
            ]
            told.append((messages, lead.message_partner_ids))
        self.env.cr.execute(
            "SELECT * FROM crm_lead WHERE id = ANY(%s) ORDER BY id", [leads.ids]
        )
        rows = [
            {
                name: value
                for name, value in row.items()
                if name not in OWN and not name.startswith("date_")
            }
            for row in self.env.cr.dictfetchall()
        ]
        return told, rows

    def _check_like_write(self, vals):
        """Update leads by a job, and as many by `write`; what is told is the same."""
        by_write, by_job = self._create_kinds(), self._create_kinds()
        by_write.with_user(self.user_sales_salesman).write(dict(vals))
        changes = [
            {"field": name, "way": "set" if value else "clear", "value": value}
            for name, value in vals.items()
        ]
        job = self._start(
            self.user_sales_salesman, "update", {"changes": changes}, by_job
        )
        self.assertEqual(job.changed_count, len(by_job))
        expected, got = self._tell(by_write), self._tell(by_job)
        self.assertTrue(any(messages for messages, _followers in expected[0]))
        self.assertEqual(got, expected)

    def test_values_of_all_kinds_are_told(self):
        self._check_like_write(
            {
                "expected_revenue": 4711,
                "quote_deadline": fields.Date.to_string(fields.Date.today()),
                "email_from": "road@runner.example",
                "phone": False,
                "function": "Coyote",
            }
        )

    def test_what_follows_from_a_value_is_told_with_it(self):
        # The team changes the stage and the probability as well.
        self._check_like_write(
            {"team_id": self.sales_team_1.id, "partner_name": "Acme"}
        )

    def test_a_subtype_is_posted_to_its_followers(self):
        leads = self._create_leads(self.user_sales_salesman, 3)
        lost = self.env.ref("crm.mt_lead_lost")
        leads.message_subscribe(
            self.user_sales_manager.partner_id.ids, subtype_ids=lost.ids
        )
        self.flush_tracking()
        values = {
            "status_id": self.status_dead.id,
            "lost_reason_id": self.lost_reason.id,
        }
        self._start(self.user_sales_salesman, "status", values, leads)
        self.flush_tracking()
        for lead in leads:
            [message] = lead.message_ids.filtered(lambda m: m.subtype_id == lost)
            self.assertIn(
                self.user_sales_manager.partner_id, message.notified_partner_ids
            )

    @mute_logger("odoo.sql_db")
    def test_a_batch_that_fails_in_part_tells_of_what_was_done(self):
        leads = self._create_kinds()
        bad = leads[0]
        self.env.cr.execute(
            "ALTER TABLE crm_lead ADD CHECK (id != %s OR city IS NULL)", [bad.id]
        )
        changes = [
            {"field": "city", "way": "set", "value": "Tucson"},
            {"field": "expected_revenue", "way": "set", "value": 7},
        ]
        job = self._start(
            self.user_sales_salesman, "update", {"changes": changes}, leads
        )
        self.flush_tracking()
        self.assertEqual(job.failed_count, 1)
        for lead in leads:
            values = lead.message_ids.sudo().tracking_value_ids.filtered(
                lambda value: value.field_id.name == "expected_revenue"
            )
            self.assertEqual(len(values), 0 if lead == bad else 1)

    def test_history_takes_no_more_queries_than_writes_own(self):
        def count(do):
            leads = self._create_leads(self.user_sales_salesman, 50)
            self.flush_tracking()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            do(leads.with_user(self.user_sales_salesman))
            self.flush_tracking()
            return self.env.cr.sql_log_count - before

        changes = [{"field": "expected_revenue", "way": "set", "value": 42}]

        def start(leads):
            self._start(self.user_sales_salesman, "update", {"changes": changes}, leads)

        count(start)
        by_write = count(lambda leads: leads.write({"expected_revenue": 42}))
        # Choosing the leads and keeping the job takes some, whatever their number.
        self.assertLessEqual(count(start), by_write + 45)
