import datetime

from freezegun import freeze_time

from odoo import SUPERUSER_ID, fields
from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from odoo.addons.lead_management.tests.stranger import StrangerCase

from ..models.crm_lead_consent_state import links
from .common import NEWS, ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentLinks(ConsentCase, StrangerCase):
    """A visitor's way: what the links of an e-mail do."""

    def setUp(self):
        super().setUp()
        self.lead = self._check_boxes(self.news_box)
        mail = self._ask()
        self.confirm = self._get_path(mail, "confirm")
        self.withdraw = self._get_path(mail, "withdraw")
        self.state = self._get_state()

    def _process(self):
        # A test of requests is in test mode all the time.
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()

    def _registry_test_mode(self):
        return self.subTest()

    def test_opening_the_link_confirms_nothing_and_the_button_does(self):
        for method in ("GET", "HEAD"):
            self._request(self.confirm, method)
            self.assertEqual(self.state.state, "asked")
        page = self._request(self.confirm)
        self.assertIn(NEWS, page)
        self.assertIn(f'action="{self.confirm}"', page)
        self.assertIn('method="post"', page)
        self.assertNotIn("jane@example.com", page)
        page = self._request(self.confirm, "POST")
        self.assertIn("Thank you", page)
        self.assertEqual(self.state.state, "confirmed")
        proof = self.state.event_ids.filtered(lambda event: event.kind == "confirms")
        self.assertEqual((proof.how, proof.text), ("link", NEWS))
        self.assertEqual(proof.asked_date, self.state.asked_date)
        self.assertEqual(proof.form_id, self.form)
        self.assertTrue(proof.address_hash)
        note = self.lead.message_ids[0]
        self.assertIn("Consent “News” confirmed", note.body)

    def test_a_link_that_is_used_twice_counts_once(self):
        for _time in range(3):
            self.assertIn("Thank you", self._request(self.confirm, "POST"))
        self._request(self.confirm)
        kinds = self.state.event_ids.mapped("kind")
        self.assertEqual(kinds.count("confirms"), 1)

    def test_a_withdrawal_before_and_after_the_confirmation(self):
        page = self._request(self.withdraw)
        self.assertEqual(self.state.state, "asked")
        self.assertIn(f'action="{self.withdraw}"', page)
        self._request(self.withdraw, "POST")
        self.assertEqual(self.state.state, "withdrawn")
        self.assertIn("not valid", self._request(self.confirm, status=404))
        self._request(self.confirm, "POST", status=404)
        self.assertEqual(self.state.state, "withdrawn")
        self.assertIn("Consent “News” withdrawn", self.lead.message_ids[0].body)
        self.assertIn("You have withdrawn", self._request(self.withdraw))

    def test_after_a_withdrawal_the_used_link_confirms_no_more(self):
        page = self._request(self.confirm, "POST")
        self.assertIn(links.WITHDRAW_PATH, page)
        # As mail programs send it
        self._request(self.withdraw, "POST", data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(self.state.state, "withdrawn")
        self._request(self.confirm, "POST", status=404)
        self.assertEqual(self.state.state, "withdrawn")

    def test_an_expired_link(self):
        self.state.expires_date = fields.Datetime.now() - datetime.timedelta(seconds=1)
        self._request(self.confirm, status=404)
        self._request(self.confirm, "POST", status=404)
        with freeze_time(fields.Datetime.now() - datetime.timedelta(days=30)):
            old = self.state._get_confirm_url().partition(self.base_url())[2]
        self.state.expires_date = fields.Datetime.now() + datetime.timedelta(days=1)
        self._request(old[old.index("/lead/") :], "POST", status=404)
        self.assertEqual(self.state.state, "asked")

    def test_forged_links_are_all_told_the_same(self):
        token = self.confirm.split("/")[-1]
        sign = lambda scope, values: hash_sign(self.env, scope, values)  # noqa: E731
        forged = [
            "x",
            "%00",
            "%ff%fe",
            "%F0%9F%92%A9",
            "..%2f..%2fetc",
            "a" * 5000,
            token[:-4],
            token[:20] + ("A" if token[20] != "A" else "B") + token[21:],
            self.withdraw.split("/")[-1],
            sign("other.scope", [self.state.sudo().asked_key]),
            sign(links.CONFIRM_SCOPE, [self.state.id]),
            sign(links.CONFIRM_SCOPE, []),
            sign(links.CONFIRM_SCOPE, {"a": 1}),
            sign(links.CONFIRM_SCOPE, ["no such key"]),
        ]
        pages = set()
        for one in forged:
            for method in ("GET", "POST"):
                with self.subTest(token=one[:30], method=method):
                    path = links.CONFIRM_PATH + one
                    pages.add(self._request(path, method, status=404).split("nonce")[0])
                    if one != self.withdraw.split("/")[-1]:
                        path = links.WITHDRAW_PATH + one
                        self._request(path, method, status=404)
        self.assertEqual(len(pages), 1)
        self.assertEqual(self.state.state, "asked")
        gone = self.withdraw
        self.state.unlink()
        self._request(gone, "POST", status=404)

    def test_other_methods_are_refused(self):
        self.env.flush_all()
        for method in ("PUT", "DELETE", "PATCH"):
            response = self.opener.request(method, self.base_url() + self.confirm)
            self.assertEqual(response.status_code, 405)

    def test_what_is_typed_is_shown_as_text(self):
        self.state.text = "<script>alert(1)</script>"
        page = self._request(self.confirm)
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;", page)

    def test_pages_are_in_the_language_of_the_visitor(self):
        self.env["res.lang"]._activate_lang("de_DE")
        header = {"Accept-Language": "de-AT,de;q=0.9"}
        page = self._request(links.CONFIRM_PATH + "x", status=404, headers=header)
        self.assertIn('lang="de-DE"', page)
        self.state.lang = "de_DE"
        page = self._request(self.confirm, headers={"Accept-Language": "en"})
        self.assertIn('lang="de-DE"', page)

    def test_a_burst_of_posts_sends_one_email(self):
        for number in range(5):
            self._check_boxes(self.news_box, message=str(number))
        self.assertFalse(self._ask())
