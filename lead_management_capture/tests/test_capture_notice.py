from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureNotice(TestCaptureSubmissionCommon):
    """Who is told of new leads, and what their chatter says."""

    def test_answers_and_notices_wait_for_the_mail_queue(self):
        template = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks {{ object.contact_name }}",
                "body_html": '<p>Dear <t t-out="object.contact_name"/></p>',
                "email_to": "{{ object.email_from }}",
            }
        )
        self.form.write(
            {
                "auto_response_template_id": template.id,
                "notify_user_ids": [Command.set(self.user_sales_manager.ids)],
            }
        )
        self._submit({**ANSWERS, "last_name": "<b>Doe</b>"})
        self._submit({**ANSWERS, "last_name": "Second"})
        self._process()
        answers = self.env["mail.mail"].search([("subject", "=like", "Thanks %")])
        self.assertEqual(len(answers), 1, "One address gets one answer a day")
        self.assertEqual(answers.state, "outgoing")
        self.assertIn("&lt;b&gt;Doe", answers.body_html)
        notices = self._get_notices("2 new from the form")
        self.assertEqual(
            notices.notified_partner_ids, self.user_sales_manager.partner_id
        )
        self.assertIn("&lt;b&gt;Doe", notices.body)
        self._submit({**ANSWERS, "last_name": "Third"})
        self._process()
        self.assertEqual(
            self.env["mail.mail"].search_count([("subject", "=like", "Thanks %")]), 1
        )

    def test_the_owner_is_told_of_a_batch_at_once(self):
        salesman = self.user_sales_salesman
        self.form.write({"user_id": salesman.id, "use_assignment_rules": False})
        names = ("First", "Second")
        leads = [self._submit({**ANSWERS, "last_name": name}) for name in names]
        self._process()
        leads = self.submissions.union(*leads).lead_id
        self.assertEqual(leads.user_id, salesman)
        self.assertEqual(leads.mapped("is_unread"), [True, True])
        self.assertIn(salesman.partner_id, leads[0].message_partner_ids)
        told = self.env["mail.message"].search(
            [("notified_partner_ids", "in", salesman.partner_id.ids)]
        )
        self.assertEqual(told.subject, "2 new from the form “Contact us”")
        for lead in leads:
            self.assertIn(lead.name, told.body)

    def test_the_owner_is_not_told_of_leads_that_rules_gave_to_others(self):
        archive_rules(self.env)
        self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": self.env["crm.lead.assignment.rule"]
                .create({"name": "Everywhere"})
                .id,
                "name": "Acme",
                "domain": "[('partner_name', '=', 'Acme')]",
                "target": "user",
                "user_id": self.user_sales_leads.id,
            }
        )
        self.form.user_id = self.user_sales_salesman
        self._submit()
        self._process()
        self.assertFalse(self._get_notices("from the form"))

    def test_the_chatter_says_how_a_lead_began(self):
        self.form.user_id = self.user_sales_salesman
        submission = self._submit()
        self._process()
        created = self.env.ref("crm.mt_lead_create")
        message = submission.lead_id.message_ids.filtered(
            lambda message: message.subtype_id == created
        )
        self.assertEqual(len(message), 1)
        self.assertIn("A new lead has been created", message.body)
        self.assertFalse(message.is_internal)

    def test_followers_of_the_team_are_notified_of_each_lead(self):
        follower = self.user_sales_manager.partner_id
        self.sales_team_1.message_subscribe(follower.ids)
        self.form.write(
            {"team_id": self.sales_team_1.id, "use_assignment_rules": False}
        )
        submission = self._submit()
        self._process()
        message = submission.lead_id.message_ids
        self.assertEqual(message.subtype_id, self.env.ref("crm.mt_lead_create"))
        self.assertEqual(message.notified_partner_ids, follower)
