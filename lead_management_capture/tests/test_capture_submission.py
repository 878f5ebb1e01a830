import datetime

from freezegun import freeze_time
from lxml import html

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from ..models.crm_lead_capture_submission import receive as receiving
from ..tools import capture_fields
from .test_capture_form import TestCaptureFormCommon

ANSWERS = {
    "first_name": "Jane",
    "last_name": "Doe",
    "email": "jane@example.com",
    "company": "Acme",
    "phone": "+1 555 0100",
    "message": "Please call.\nThanks!",
}


class TestCaptureSubmissionCommon(TestCaptureFormCommon):
    """Submissions as the controller hands them on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submissions = cls.env["crm.lead.capture.submission"]
        cls.were_there = cls.submissions.search([])

    def _get_all(self):
        """Return the submissions of the test, oldest first."""
        return self.submissions.search(
            [("id", "not in", self.were_there.ids)], order="id"
        )

    def _send(self, answers=None, form=None, address="192.0.2.1", **inputs):
        form = form or self.form
        open_form = form._get_open_form(form.token)
        inputs = {**(ANSWERS if answers is None else answers), **inputs}
        return self.submissions._receive(open_form, inputs, address, open_form.langs[0])

    def _submit(self, *args, **kwargs):
        """Send and return what was stored."""
        last = self.submissions.search([], limit=1).id or 0
        receipt = self._send(*args, **kwargs)
        self.assertEqual(receipt.outcome, receiving.TAKEN, receipt.errors)
        return self.submissions.search([("id", ">", last)])

    def _process(self):
        """Run the scheduled action."""
        with self.enter_registry_test_mode():
            cron = self.env.ref("lead_management_capture.ir_cron_capture").with_user(
                SUPERUSER_ID
            )
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _age(self, submissions, **time):
        submissions.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead_capture_submission SET create_date = create_date - %s"
            " WHERE id IN %s",
            [datetime.timedelta(**time), tuple(submissions.ids)],
        )
        submissions.invalidate_recordset()

    def _get_notices(self, subject):
        return self.env["mail.message"].search([("subject", "ilike", subject)])


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureSubmission(TestCaptureSubmissionCommon):
    """From a post to a lead."""

    def test_a_submission_becomes_a_lead(self):
        source = self.env["utm.source"].create(
            {"name": "Trade fair", "is_lead_source": True}
        )
        campaign = self.env["utm.campaign"].create({"name": "Spring"})
        tag = self.env["crm.tag"].create({"name": "Hot"})
        self.form.write(
            {
                "source_id": source.id,
                "campaign_id": campaign.id,
                "tag_ids": [Command.set(tag.ids)],
                "user_id": self.user_sales_salesman.id,
                "team_id": self.sales_team_1.id,
                "use_assignment_rules": False,
            }
        )
        submission = self._submit()
        self.assertEqual(submission.state, "new")
        self.assertFalse(submission.lead_id)
        self._process()
        self.assertEqual(submission.state, "lead")
        lead = submission.lead_id
        self.assertEqual(
            (lead.type, lead.contact_name, lead.email_from, lead.partner_name),
            ("lead", "Jane Doe", "jane@example.com", "Acme"),
        )
        self.assertEqual(lead.description, "<p>Please call.<br>Thanks!</p>")
        self.assertEqual(lead.source_id, source)
        self.assertEqual(lead.campaign_id, campaign)
        self.assertEqual(lead.tag_ids, tag)
        self.assertEqual(lead.user_id, self.user_sales_salesman)
        self.assertEqual(lead.team_id, self.sales_team_1)
        self.assertEqual(lead.company_id, self.form.company_id)
        self.assertEqual(lead.capture_form_id, self.form)
        self.assertEqual(lead.status_id.category, "assigned")

    def test_a_form_that_was_sent_shows_interest(self):
        def find_lead_ids():
            self.env.flush_all()
            kind = self.env["crm.lead"]._get_engagement_kinds()["form"]
            return {lead_id for lead_id, _date in self.env.execute_query(kind.events)}

        submission = self._submit()
        before = find_lead_ids()
        self._process()
        lead = submission.lead_id
        self.assertIn(lead.id, find_lead_ids() - before)
        other = self._create_lead(self.user_sales_salesman, email_from="a@x.example")
        merged = (lead | other).sudo()._merge_opportunity(auto_unlink=False)
        lost = (lead | other) - merged
        lost.unlink()
        self.assertEqual(submission.lead_id, merged)
        self.assertIn(merged.id, find_lead_ids())

    def test_a_lead_nobody_gets_is_new(self):
        submission = self._submit()
        self._process()
        self.assertFalse(submission.lead_id.user_id)
        self.assertEqual(submission.lead_id.status_id.category, "new")

    def test_markup_is_text(self):
        nasty = "<script>alert(1)</script><b>x</b>"
        submission = self._submit(
            {**ANSWERS, "message": nasty, "last_name": nasty, "company": nasty}
        )
        self._process()
        lead = submission.lead_id
        self.assertNotIn("<script", lead.description)
        self.assertIn("&lt;script&gt;", lead.description)
        self.assertEqual(lead.partner_name, nasty)
        self.assertNotIn("<script", submission.answers_html)
        self.assertIn("&lt;script&gt;", submission.answers_html)

    def test_only_what_the_form_asks_for_is_kept(self):
        submission = self._submit(
            website="https://example.com", user_id="1", team_id="1", state="lead"
        )
        self.assertLessEqual(set(submission.answers), set(ANSWERS))

    def test_answers_are_shown_in_the_order_of_the_form(self):
        self.form.field_ids.filtered(lambda field: field.key == "message").sequence = 0
        shown = html.fromstring(self._submit().answers_html)
        self.assertEqual(
            shown.xpath("//th/text()"),
            ["Message", "First name", "Last name", "Email", "Company", "Phone"],
        )

    def test_what_was_chosen_is_shown_by_its_name(self):
        """Not the code of the country or language, nor the id of the industry."""
        keys = [("country", "FR"), ("industry", ""), ("source", "")]
        self.form.field_ids.filtered(lambda field: field.key in dict(keys)).unlink()
        self.form.field_ids = [Command.create({"key": key}) for key, _value in keys]
        industry = self.env["res.partner.industry"].create({"name": "Anvil making"})
        source = self.env["utm.source"].create(
            {"name": "Anvil fair", "is_lead_source": True}
        )
        submission = self._submit(
            country="FR", industry=str(industry.id), source=str(source.id)
        )
        shown = submission.answers_html
        for name in (self.env.ref("base.fr").name, "Anvil making", "Anvil fair"):
            self.assertIn(name, shown)
        self.assertNotIn(">FR<", shown)
        industry.unlink()
        submission.invalidate_recordset()
        self.assertIn(f">{submission.answers['industry']}<", submission.answers_html)
        language = self.env["res.lang"]._get_data(code=submission.lang)
        labels = dict(submission._fields["lang"]._description_selection(self.env))
        self.assertEqual(labels[submission.lang], language.name)

    def test_a_consent_is_asked_for_in_its_own_words(self):
        consent = self._add_consent(required=True)
        name = capture_fields.consent_name(consent.id)
        self.assertEqual(self._send().errors, {name: "required"})
        self.assertIn("box", self.submissions._explain_refusal(name, "required"))
        self.assertNotIn("box", self.submissions._explain_refusal("email", "required"))

    def test_errors_name_the_inputs(self):
        consent = self._add_consent(required=True)
        first_name = self.form.field_ids.filtered(lambda f: f.key == "first_name")
        first_name.required = True
        receipt = self._send({"email": "jane", "first_name": "x" * 101})
        self.assertEqual(receipt.outcome, receiving.INVALID)
        self.assertEqual(
            receipt.errors,
            {
                "email": "invalid",
                "first_name": "too_long",
                "last_name": "required",
                capture_fields.consent_name(consent.id): "required",
            },
        )
        self.assertFalse(self._get_all())

    def test_an_empty_form_is_refused(self):
        self.form.field_ids.required = False
        self.assertEqual(self._send({}).outcome, receiving.INVALID)

    def _add_consent(self, **values):
        return self.env["crm.lead.capture.consent"].create(
            {
                "form_id": self.form.id,
                "name": "Newsletter",
                "text": "Write to me <often>",
                **values,
            }
        )

    def test_a_consent_is_kept_as_it_read(self):
        consent = self._add_consent()
        unchecked = self._add_consent(name="Calls", text="Call me")
        name = capture_fields.consent_name(consent.id)
        submission = self._submit(**{name: capture_fields.CONSENT_VALUE})
        consent.text = "Something else"
        unchecked.unlink()
        self._process()
        kept = submission.lead_id.consent_ids
        self.assertEqual(kept.mapped("text"), ["Write to me <often>"])
        self.assertEqual(kept.name, "Newsletter")
        self.assertEqual(kept.consent_id, consent)
        self.assertEqual(kept.agreed_date, submission.create_date)

    def test_the_way_to_the_form_is_kept(self):
        medium = self.env["utm.medium"].create({"name": "Banner X"})
        submission = self._submit(
            first_utm_source="unheard of",
            last_utm_medium="Banner X",
            last_referrer="https://example.org/<b>",
        )
        count = self.env["utm.source"].search_count([])
        self._process()
        lead = submission.lead_id
        self.assertEqual(lead.medium_id, medium)
        self.assertFalse(lead.source_id)
        self.assertEqual(self.env["utm.source"].search_count([]), count)
        self.assertEqual(lead.capture_touches["first_utm_source"], "unheard of")
        self.assertEqual(
            lead.capture_origin.splitlines(),
            [
                "First visit: source – unheard of",
                "Last visit: medium – Banner X",
                "Last visit: came from – https://example.org/<b>",
            ],
        )

    def test_answers_of_every_kind(self):
        keys = [
            *("country", "state", "industry", "employees", "annual_revenue"),
            *("budget", "quote_deadline", "source", "subject", "website"),
        ]
        self.form.field_ids = [Command.create({"key": key}) for key in keys]
        industry = self.env["res.partner.industry"].create({"name": "Space"})
        source = self.env["utm.source"].create(
            {"name": "A friend", "is_lead_source": True}
        )
        submission = self._submit(
            country="Deutschland",
            state="bayern",
            industry=str(industry.id),
            employees="1,200",
            annual_revenue="1.5 million",
            budget="99.5",
            quote_deadline="2030-12-31",
            source=str(source.id),
            subject="Quote",
            website="example.com",
        )
        self.env["res.country.state"].create(
            {"name": "Bayern", "code": "BYX", "country_id": self.env.ref("base.de").id}
        )
        self._process()
        lead = submission.lead_id
        self.assertEqual(lead.country_id, self.env.ref("base.de"))
        self.assertEqual(lead.state_id.name, "Bayern")
        self.assertEqual(lead.industry_id, industry)
        self.assertEqual(lead.employee_count, 1200)
        self.assertEqual(lead.annual_revenue, 1_500_000)
        self.assertEqual(lead.expected_revenue, 99.5)
        self.assertEqual(lead.quote_deadline, datetime.date(2030, 12, 31))
        self.assertEqual(lead.source_id, source)
        self.assertEqual(lead.name, "Quote")

    def test_an_unknown_country_is_refused_where_one_is_required(self):
        self.form.field_ids = [Command.create({"key": "country", "required": True})]
        self.assertEqual(self._send(country="Narnia").errors, {"country": "invalid"})

    def test_the_same_within_five_minutes_is_one(self):
        submission = self._submit()
        self.assertFalse(self._submit({**ANSWERS, "last_name": " DOE"}))
        self.assertTrue(self._submit({**ANSWERS, "last_name": "Roe"}))
        self._age(submission, minutes=6)
        self.assertTrue(self._submit())

    # Quarantine

    def test_suspicious_ones_are_put_in_quarantine(self):
        for reason, inputs in (
            ("honeypot", {capture_fields.HONEYPOT: "x"}),
            ("forged_time", {capture_fields.STARTED: "nonsense"}),
            ("too_fast", {capture_fields.STARTED: self.form._sign_start()}),
        ):
            submission = self._submit({**ANSWERS, "last_name": reason}, **inputs)
            self.assertEqual(
                (submission.state, submission.reason), ("quarantine", reason)
            )
        self._process()
        self.assertFalse(
            self.env["crm.lead"].search([("email_from", "=", "jane@example.com")])
        )

    def test_who_took_their_time_is_welcome(self):
        with freeze_time(datetime.datetime.now() - datetime.timedelta(seconds=30)):
            started = self.form._sign_start()
        submission = self._submit(**{capture_fields.STARTED: started})
        self.assertEqual(submission.state, "new")

    def test_too_many_from_one_address(self):
        self.form.rate_limit = 2
        names = [f"Doe {number}" for number in range(21)]
        sent = [
            self._send({**ANSWERS, "last_name": name}, address="2001:db8::1").outcome
            for name in names
        ]
        self.assertEqual(sent, [receiving.TAKEN] * 20 + [receiving.FLOOD])
        # The same network, for IPv6
        self.assertEqual(
            self._send({**ANSWERS, "last_name": "X"}, address="2001:db8::2").outcome,
            receiving.FLOOD,
        )
        states = self._get_all().mapped("state")
        self.assertEqual(states, ["new"] * 2 + ["quarantine"] * 18)
        other = self._submit({**ANSWERS, "last_name": "Y"}, address="192.0.2.77")
        self.assertEqual(other.state, "new")
        self.assertNotIn("192.0.2.77", str(other.read()))

    @users("user_sales_manager")
    def test_a_manager_releases_or_deletes(self):
        good = self._submit(**{capture_fields.HONEYPOT: "x"})
        bad = self._submit(
            {**ANSWERS, "last_name": "Bot"}, **{capture_fields.HONEYPOT: "x"}
        )
        both = (good | bad).with_user(self.env.user)
        both[0].action_release()
        both[1].action_delete()
        self._process()
        self.assertEqual(good.lead_id.contact_name, "Jane Doe")
        self.assertFalse(bad.exists())
        with self.assertRaisesRegex(UserError, "in quarantine"):
            both[0].action_release()

    @users("user_sales_manager")
    def test_a_form_is_deleted_only_without_submissions(self):
        form = self.form.with_user(self.env.user)
        self._submit()
        with self.assertRaisesRegex(UserError, r"are kept \(1\)\. Archive the form"):
            form.unlink()
        self.submissions.search([("form_id", "=", form.id)]).unlink()
        form.unlink()
        self.assertFalse(form.exists())

    @users("user_sales_salesman", "user_sales_leads")
    def test_salespeople_see_none(self):
        submission = self._submit({**ANSWERS, "last_name": self.env.user.login})
        submission = submission.with_user(self.env.user)
        with self.assertRaises(AccessError):
            submission.read(["name"])
        with self.assertRaises(AccessError):
            submission.action_release()

    def test_a_form_counts_what_was_sent(self):
        self._submit(**{capture_fields.HONEYPOT: "x"})
        done = [self._submit({**ANSWERS, "last_name": name}) for name in ("A", "B")]
        self._process()
        self._submit({**ANSWERS, "last_name": "C"})
        done[0].lead_id.convert_lead()
        form = self.form.with_user(self.user_sales_salesman)
        form.invalidate_recordset()
        self.assertEqual(
            (
                form.submission_count,
                form.lead_count,
                form.waiting_count,
                form.quarantine_count,
                form.failed_count,
                form.conversion_rate,
            ),
            (4, 2, 1, 1, 0, 0.5),
        )
        self.assertFalse(form.is_silent)
        action = self.form.with_user(self.user_sales_manager).action_open_graph()
        self.assertEqual(action["views"][0][1], "graph")
        submissions = self.submissions.with_user(self.user_sales_manager)
        self.assertEqual(submissions.search_count(action["domain"]), 4)

    def test_a_form_that_is_silent_says_so(self):
        submission = self._submit()
        self.form.silence_days = 30
        self._age(submission, days=31)
        self.form.invalidate_recordset()
        self.assertTrue(self.form.is_silent)
        self.form.silence_days = 0
        self.assertFalse(self.form.is_silent)

    def test_rules_come_before_the_owner_of_the_form(self):
        archive_rules(self.env)
        self.form.user_id = self.user_sales_manager
        submission = self._submit()
        self._process()
        self.assertEqual(submission.lead_id.user_id, self.user_sales_manager)
