import datetime

from odoo import fields
from odoo.tests import tagged

from odoo.addons.lead_management_capture.tests.test_capture_submission import ANSWERS

from .common import NEWS, ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentLedger(ConsentCase):
    """What becomes of a checked box."""

    def test_a_box_is_not_agreed_to_before_it_is_confirmed(self):
        lead = self._check_boxes(self.news_box)
        state = self._get_state()
        self.assertEqual(
            (state.state, state.ask_due, state.text), ("asked", True, NEWS)
        )
        self.assertEqual(lead.consent_state_ids, state)
        event = state.event_ids
        self.assertEqual((event.kind, event.how, event.text), ("checked", "form", NEWS))
        self.assertEqual(event.form_id, self.form)
        self.assertTrue(event.address_hash)
        self.assertFalse(
            self.states._get_agreed_emails(self.news, ["jane@example.com"])
        )

    def test_a_box_of_a_purpose_without_confirmation_is_enough(self):
        self._check_boxes(self.calls_box)
        state = self._get_state(self.calls)
        self.assertEqual((state.state, state.ask_due), ("given", False))
        agreed = self.states._get_agreed_emails(self.calls, ["jane@example.com"])
        self.assertEqual(agreed, {"jane@example.com"})
        self.calls.needs_confirmation = True
        self.assertFalse(self.states._get_agreed_emails(self.calls, agreed))

    def test_no_box_no_consent(self):
        self._check_boxes()
        self.assertFalse(self._get_state() | self._get_state(self.calls))

    def test_a_box_after_a_withdrawal_asks_anew_and_ends_nothing(self):
        for purpose, box in ((self.news, self.news_box), (self.calls, self.calls_box)):
            with self.subTest(purpose=purpose.name):
                self._check_boxes(box)
                state = self._get_state(purpose)
                state._withdraw(how="link")
                self.assertFalse(state.ask_due)
                self._check_boxes(box, message=f"Again, {purpose.name}")
                self.assertEqual((state.state, state.ask_due), ("withdrawn", True))
                state._confirm(how="link")
                self.assertEqual(state.state, "confirmed")

    def test_a_box_that_had_to_wait_revives_nothing(self):
        self._check_boxes(self.news_box)
        state = self._get_state()
        waiting = self._submit(
            {**ANSWERS, "last_name": "Late"}, **{self.news_box: "yes"}
        )
        self._age(waiting, days=1)
        state._withdraw(how="link")
        self._process()
        self.assertEqual((state.state, state.ask_due), ("withdrawn", False))
        self.assertEqual(state.event_ids.mapped("kind").count("checked"), 2)

    def test_the_address_counts_however_it_is_written(self):
        self._check_boxes(self.news_box, email="Jane Doe <JANE@example.com>")
        self.assertEqual(len(self._get_state()), 1)

    def test_many_in_one_batch(self):
        for number in range(5):
            self._submit(
                {
                    **ANSWERS,
                    "email": f"j{number % 3}@example.com",
                    "company": str(number),
                },
                **{self.news_box: "yes", self.calls_box: "yes"},
            )
        self._process()
        for number, count in ((0, 2), (1, 2), (2, 1)):
            for purpose in (self.news, self.calls):
                state = self._get_state(purpose, f"j{number}@example.com")
                self.assertEqual(len(state.event_ids), count)

    def test_a_purpose_in_use_is_not_deleted(self):
        self._check_boxes(self.news_box)
        with self.assertRaisesRegex(Exception, "“News” can't be deleted"):
            self.news.with_user(self.user_sales_manager).unlink()

    def test_each_consent_keeps_the_text_as_it_was(self):
        self._check_boxes(self.news_box)
        state = self._get_state()
        self.news.text = "Something else"
        self.form.consent_ids.filtered("purpose_id")[:1].text = "Something else"
        state._confirm(how="link", address_hash="abc")
        proof = state.event_ids.filtered(lambda event: event.kind == "confirms")
        self.assertEqual((proof.text, proof.address_hash), (NEWS, "abc"))
        self.assertEqual(proof.form_id, self.form)

    def test_what_nobody_confirmed_goes(self):
        self._check_boxes(self.news_box, self.calls_box)
        lone = self._agree("nobody@example.com")
        kept = self._get_state(self.calls)
        asked = self._get_state()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead_consent_state SET write_date = %s WHERE id = ANY(%s)",
            [
                fields.Datetime.now() - datetime.timedelta(days=400),
                (asked | kept | lone).ids,
            ],
        )
        self.env.invalidate_all()
        self.states._gc_consents()
        self.assertFalse(asked.exists() | lone.exists())
        self.assertTrue(kept.exists(), "A lead has the address")

    def test_a_person_is_erased_by_address(self):
        self._check_boxes(self.news_box, self.calls_box)
        other = self._agree("joe@example.com")
        events = self._get_state().event_ids
        submissions = self.submissions.with_user(self.user_sales_manager)
        self.assertEqual(submissions.erase_email("JANE@example.com"), 3)
        self.assertFalse(self._get_state() | self._get_state(self.calls))
        self.assertFalse(events.exists())
        self.assertTrue(other.exists())

    def test_privacy_lookup_finds_consents(self):
        if "privacy.lookup.wizard" not in self.env:
            self.skipTest("Privacy Lookup is not installed")
        state = self._agree()
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Nobody At All", "email": "Jane@Example.com"}
        )
        wizard.action_lookup()
        found = wizard.line_ids.filtered(lambda line: line.res_model == state._name)
        self.assertIn(state.id, found.mapped("res_id"))

    def _count(self, *boxes, of, number):
        for index in range(number):
            self._submit(
                {**ANSWERS, "email": f"{of}{index}@example.com", "company": of},
                **dict.fromkeys(boxes, "yes"),
            )
        new = self._get_all().filtered(lambda one: one.state == "new")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        new._process()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_many_boxes_take_no_more_queries_than_a_few(self):
        self.form.rate_limit = 0
        self._count(self.news_box, of="warm", number=2)
        few = self._count(self.news_box, self.calls_box, of="few", number=5)
        many = self._count(self.news_box, self.calls_box, of="many", number=30)
        self.assertLessEqual(many, few + 3)

    def test_a_form_without_a_purpose_takes_no_more_queries(self):
        # What the model of submissions does without this addon
        theirs = self.registry["crm.lead.capture.submission"]
        records = [
            cls.__dict__["_record_consents"]
            for cls in theirs.mro()
            if "_record_consents" in cls.__dict__
        ]
        snapshots = [
            cls.__dict__["_snapshot_consents"]
            for cls in theirs.mro()
            if "_snapshot_consents" in cls.__dict__
        ]
        self.assertEqual((len(records), len(snapshots)), (2, 2))
        self.form.consent_ids.purpose_id = False
        self.env.flush_all()
        submission = self._submit(ANSWERS, **{self.news_box: "yes"})
        lead = self.env["crm.lead"].create({"name": "Lead"})
        consent_ids = self.form.consent_ids.ids

        def count(call):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        snapshot = self.submissions._snapshot_consents
        count(lambda: snapshot(consent_ids, "en_US"))
        self.assertEqual(
            count(lambda: snapshot(consent_ids, "en_US")),
            count(
                lambda: snapshots[-1].__get__(self.submissions)(consent_ids, "en_US")
            ),
        )
        count(lambda: submission._record_consents(lead))
        self.assertEqual(
            count(lambda: submission._record_consents(lead)),
            count(lambda: records[-1].__get__(submission)(lead)),
        )
