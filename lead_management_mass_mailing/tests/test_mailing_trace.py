from odoo.tests import tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_campaign")
class TestMailingTrace(TestLeadManagementCommon):
    """What a mailing's recipients do shows in the campaign, and on their records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["utm.campaign"].create({"title": "Spring"})
        cls.contact = cls.env["res.partner"].create({"name": "Jane Doe"})
        cls.mailing = cls.env["mailing.mailing"].create(
            {
                "subject": "Spring news",
                "mailing_model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "campaign_id": cls.campaign.id,
            }
        )
        cls.trace_of_lead = cls._create_trace(cls.lead_own)
        cls.trace_of_contact = cls._create_trace(cls.contact)

    @classmethod
    def _create_trace(cls, record, **values):
        return cls.env["mailing.trace"].create(
            {
                "mass_mailing_id": cls.mailing.id,
                "model": record._name,
                "res_id": record.id,
                "email": "jane@example.com",
                **values,
            }
        )

    def _status(self, record):
        return record.campaign_member_ids.status_id.category

    def test_who_was_not_reached_is_no_member(self):
        self.trace_of_lead.set_failed(failure_type="mail_smtp")
        self.trace_of_contact.set_canceled()
        self._create_trace(self.lead_own, is_test_trace=True).set_sent()
        self.assertFalse(self.campaign.member_count)

    def test_member_follows_what_the_recipient_does(self):
        for act, status in (
            ("set_sent", "sent"),
            ("set_opened", "opened"),
            ("set_clicked", "clicked"),
            ("set_replied", "responded"),
        ):
            for trace, record in (
                (self.trace_of_lead, self.lead_own),
                (self.trace_of_contact, self.contact),
            ):
                getattr(trace, act)()
                self.assertEqual(self._status(record), status)
        self.assertEqual(self.campaign.member_count, 2)
        self.assertEqual(self.campaign.response_rate, 1)

    def test_a_second_mailing_moves_nobody_back(self):
        self.trace_of_lead.set_replied()
        self._create_trace(self.lead_own).set_sent()
        self.assertEqual(self._status(self.lead_own), "responded")
        self.assertEqual(self.campaign.member_count, 1)

    def test_bounce_leaves_the_status(self):
        self.trace_of_lead.set_sent()
        self.trace_of_lead.set_bounced()
        self.assertEqual(self._status(self.lead_own), "sent")

    def test_mailing_without_campaign_makes_no_members(self):
        self.mailing.campaign_id = False
        self.trace_of_lead.set_sent()
        self.assertFalse(self.lead_own.campaign_member_ids)

    def test_recipients_of_lists_and_deleted_leads_are_left_alone(self):
        mailing_contact = self.env["mailing.contact"].create({"name": "Jo"})
        self._create_trace(mailing_contact).set_sent()
        gone = self._create_lead(self.user_sales_salesman)
        trace = self._create_trace(gone)
        gone.unlink()
        trace.exists().set_sent()
        self.assertFalse(self.campaign.member_count)

    def test_queries_do_not_grow_with_the_recipients(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}", "type": "lead"} for number in range(32)]
        )
        traces = self.env["mailing.trace"].union(
            *(self._create_trace(lead) for lead in leads)
        )
        traces[:1].set_sent()
        counts = []
        for some in (traces[1:3], traces[3:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.set_sent()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertEqual(self.campaign.member_count, 32)

    def test_mailing_that_is_sent(self):
        lead = self._create_lead(self.user_sales_salesman, email_from="joe@example.com")
        self.mailing.write(
            {
                "body_html": "<p>News</p>",
                "mailing_domain": f"[('id', '=', {lead.id})]",
            }
        )
        with self.mock_mail_gateway():
            self.mailing.action_send_mail()
        self.assertEqual(self._status(lead), "sent")

    def test_opening_and_clicking_show_interest(self):
        def count(name):
            self.env.flush_all()
            kind = self.env["crm.lead"]._get_engagement_kinds()[name]
            rows = self.env.execute_query(kind.events)
            return sum(lead_id == self.lead_own.id for lead_id, _date in rows)

        self._create_trace(self.lead_own, is_test_trace=True).set_opened()
        self.trace_of_contact.set_opened()
        self.assertEqual((count("mailing_open"), count("mailing_click")), (0, 0))
        self.trace_of_lead.set_opened()
        self.assertEqual((count("mailing_open"), count("mailing_click")), (1, 0))
        self.trace_of_lead.set_clicked()
        self.assertEqual((count("mailing_open"), count("mailing_click")), (1, 1))
        kept = self._create_lead(self.user_sales_manager, email_from="jo@x.example")
        kept._merge_dependences(self.lead_own)
        self.assertEqual(self.trace_of_lead.res_id, kept.id)

    def test_those_of_a_lead_are_found_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan TO off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM mailing_trace"
            " WHERE model IN ('crm.lead') AND res_id IN (1, 2)"
        )
        plan = " ".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("of_lead_idx", plan)
