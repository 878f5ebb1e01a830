from odoo.tests import tagged

from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    TestCaptureSubmissionCommon,
)


@tagged("post_install", "-at_install", "lead_capture", "lead_duplicate")
class TestOpenLeadCapture(TestCaptureSubmissionCommon):
    """Somebody of whom a lead is open sends a web form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameters = cls.env["ir.config_parameter"]
        cls.parameters.set_param("lead_management.open_lead_visitor", "add")
        cls.first, cls.second = cls.env["utm.campaign"].create(
            [{"name": "Spring"}, {"name": "Autumn"}]
        )
        cls.form.write({"campaign_id": cls.second.id, "use_assignment_rules": False})
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            contact_first_name="Jane",
            contact_last_name="Doe",
            email_from="jane@example.com",
            company_id=cls.form.company_id.id,
            campaign_id=cls.first.id,
        )
        cls.lead.is_unread = False
        cls.leads = cls.env["crm.lead"]

    def _count(self):
        return self.leads.search_count([("capture_form_id", "=", self.form.id)])

    def test_becomes_a_message_on_the_open_lead(self):
        before = self._count()
        submission = self._submit(email="Jane+fair@example.com", city="Ghent")
        self._process()
        self.assertEqual(self._count(), before)
        self.assertEqual((submission.state, submission.lead_id), ("lead", self.lead))
        self.assertFalse(submission.counted_number, "it is no lead of the day")
        message = self.lead.message_ids.filtered(
            lambda one: one.subtype_id == self.env.ref("mail.mt_comment")
        )
        self.assertEqual(len(message), 1)
        self.assertIn("Please call.", message.body)
        self.assertIn("fair@example.com", message.body)
        self.assertEqual(self.lead.phone, "+1 555 0100", "it had none")
        self.assertEqual(self.lead.partner_name, "Acme")
        self.assertEqual(self.lead.email_from, "jane@example.com")
        self.assertEqual(self.lead.user_id, self.user_sales_salesman)
        self.assertTrue(self.lead.is_unread)

    def test_message_says_of_nothing_that_it_is_in_the_notes(self):
        self.lead.description = "<p>Calls at noon</p>"
        submission = self._submit()
        submission.answers = {**submission.answers, "shoe_size": "43"}
        self._process()
        self.assertFalse(submission.noted)
        self.assertIn("43", "".join(self.lead.message_ids.mapped("body")))
        self.assertEqual(self.lead.description, "<p>Calls at noon</p>")

    def test_campaigns_of_both_ways_are_known(self):
        self._submit()
        self._process()
        self.assertEqual(self.lead.campaign_id, self.first)
        self.assertEqual(
            self.lead.campaign_member_ids.campaign_id, self.first | self.second
        )

    def test_consents_go_to_the_open_lead(self):
        consent = self.env["crm.lead.capture.consent"].create(
            {"form_id": self.form.id, "name": "News", "text": "Send me news."}
        )
        submission = self._submit()
        submission.consents = [
            {"id": consent.id, "name": "News", "text": "Send me news."}
        ]
        self._process()
        self.assertEqual(self.lead.consent_ids.mapped("name"), ["News"])

    def test_owner_is_told(self):
        self._submit()
        self._process()
        notices = self._get_notices(self.form.name)
        self.assertIn(self.user_sales_salesman.partner_id, notices.partner_ids)

    def test_two_at_once_are_one_lead(self):
        before = self._count()
        answers = {"email": "otto@example.com", "last_name": "Reed", "phone": ""}
        one = self._submit(**answers, message="First")
        two = self._submit(**answers, message="Second", city="Ghent")
        three = self._submit(email="ida@example.com", last_name="Moss", phone="")
        self._process()
        self.assertEqual(self._count(), before + 2)
        self.assertEqual(one.lead_id, two.lead_id)
        self.assertNotEqual(one.lead_id, three.lead_id)
        said = "".join(one.lead_id.message_ids.mapped("body"))
        self.assertIn("Second", said)

    def test_second_of_a_batch_is_known_by_the_first(self):
        """One after the other, the first one's phone would be on the lead by then."""
        before = self._count()
        answers = {"phone": "+1 202 555 0143", "company": "Quokkaworks"}
        one = self._submit(email="jane@example.com", **answers)
        two = self._submit(email="jane@home.example.org", **answers)
        self._process()
        self.assertEqual((one | two).lead_id, self.lead)
        self.assertEqual(self._count(), before)

    def test_answer_is_sent_to_no_address_that_was_not_typed(self):
        self.form.auto_response_template_id = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks",
                "body_html": "<p>Thanks</p>",
                "email_to": "{{ object.email_from }}",
            }
        )
        self.lead.phone = phone = "+1 202 555 0143"
        stranger = self._submit(
            email="jane@home.example.org", phone=phone, company="Quokkaworks"
        )
        self._process()
        self.assertEqual(stranger.lead_id, self.lead)
        self.assertFalse(stranger.answered_date)
        own = self._submit(email="jane+x@example.com", phone="")
        self._process()
        self.assertEqual(own.lead_id, self.lead)
        self.assertTrue(own.answered_date)

    def test_answer_says_nothing_of_what_colleagues_noted(self):
        self.form.auto_response_template_id = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks",
                "body_html": "<p>You wrote: <t t-out='object.description'/></p>",
                "email_to": "{{ object.email_from }}",
            }
        )
        self.lead.description = "<p>Haggles about every cent</p>"
        self._submit(email="jane@example.com", message="Do you have it in blue?")
        self._process()
        [mail] = self.env["mail.mail"].search(
            [("model", "=", "crm.lead"), ("res_id", "=", self.lead.id)]
        )
        self.assertIn("in blue", mail.body_html)
        self.assertNotIn("cent", mail.body_html)
        self.assertIn("cent", self.lead.description)

    def test_what_is_only_added_does_not_wait_for_the_next_day(self):
        self.form.daily_limit = 1
        otto = {"email": "otto@example.com", "phone": "", "company": ""}
        sent = [
            self._submit(email="jane@example.com", message="First"),
            self._submit(**otto, last_name="Reed"),
            self._submit(email="ida@example.com", last_name="Moss", phone=""),
            self._submit(email="jane@example.com", message="Second"),
            self._submit(**otto, last_name="Reed", message="Again"),
        ]
        before = self._count()
        self._process()
        self.assertEqual(
            [one.state for one in sent], ["lead", "lead", "waiting", "lead", "lead"]
        )
        self.assertEqual(self._count(), before + 1)
        self.assertEqual((sent[0] | sent[3]).lead_id, self.lead)
        self.assertEqual(sent[4].lead_id, sent[1].lead_id)
        decisions = self.env["crm.lead.decision"]
        decisions._save_noted()
        added = [("lead_id", "=", self.lead.id), ("kind", "=", "duplicate")]
        self.assertEqual(decisions.search_count(added), 2, "one for each addition")

    def test_told_is_a_new_lead_whose_form_shows_the_open_one(self):
        self.parameters.set_param("lead_management.open_lead_visitor", "tell")
        submission = self._submit()
        self._process()
        self.assertNotEqual(submission.lead_id, self.lead)
        values = {"email_from": "jane@example.com", "id": submission.lead_id.id}
        leads = self.leads.with_user(self.user_sales_leads)
        found = leads.find_open_leads_of_form(values)["leads"]
        self.assertIn(self.lead.id, [lead["id"] for lead in found])
        self.parameters.set_param("lead_management.open_lead_visitor", "off")
        self.assertFalse(leads.find_open_leads_of_form(values)["leads"])

    def test_lead_of_another_company_is_left_alone(self):
        company = self.env["res.company"].create({"name": "Company B"})
        self.lead.write({"user_id": False, "team_id": False, "company_id": company.id})
        submission = self._submit()
        self._process()
        self.assertNotEqual(submission.lead_id, self.lead)

    def test_costs_no_query_a_lead(self):
        """Sorting out whom one knows, at least."""
        values_list = [
            {"email_from": f"person{number}@example.com", "phone": f"+1555{number:07}"}
            for number in range(50)
        ]
        counts = []
        for size in (2, 2, 50):  # the first time, settings are read
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.leads._get_leads_to_add_to(values_list[:size], "visitor")
            self.leads._get_first_of_same(values_list[:size], "visitor")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
