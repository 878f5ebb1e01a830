import hashlib
import hmac
import json

from odoo.tests import tagged

from ..models.crm_lead_hook import meta
from ..models.crm_lead_hook_call import fetch
from .stand_in import StandIn, StandInCase

UNSUPPORTED = "Unsupported get request."
LEADS = {
    "444": {
        "id": "444",
        "created_time": "2026-03-01T10:00:00+0000",
        "campaign_name": "Spring",
        "field_data": [
            {"name": "full_name", "values": ["Mia Sample"]},
            {"name": "email", "values": ["mia@example.com"]},
            {"name": "how_many_chairs?", "values": ["40"]},
        ],
    },
}


@tagged("post_install", "-at_install", "lead_hook")
class TestHookMeta(StandInCase):
    """Meta Lead Ads, with a stand-in for Meta."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hook = cls._create_hook(
            "meta",
            meta_app_secret="app secret",
            meta_access_token="page token",
        )

    def setUp(self):
        super().setUp()
        self._stand_in(meta, "GRAPH", LEADS, {"error": {"message": UNSUPPORTED}})

    def _tell(self, *lead_ids, secret="app secret", **more):
        changes = [
            {"field": "leadgen", "value": {"leadgen_id": lead_id, "form_id": 1}}
            for lead_id in lead_ids
        ]
        entry = [{"id": "1", "time": 1, "changes": changes}]
        body = json.dumps({"object": "page", "entry": entry, **more})
        signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256)
        return self._call(
            body, **{"X-Hub-Signature-256": f"sha256={signature.hexdigest()}"}
        )

    def _ask(self, **query):
        return self._get({f"hub.{name}": value for name, value in query.items()})

    def test_meta_is_told_that_the_address_is_ours(self):
        right = {
            "mode": "subscribe",
            "challenge": "1158201444",
            "verify_token": self.hook.meta_verify_token,
        }
        response = self._ask(**right)
        self.assertEqual((response.status_code, response.text), (200, "1158201444"))
        for wrong in (
            {"verify_token": "guessed"},
            {"mode": "x"},
            {"challenge": "<script>"},
            {"challenge": ""},
        ):
            with self.subTest(wrong=wrong):
                self.assertEqual(self._ask(**{**right, **wrong}).status_code, 404)

    def test_what_a_lead_says_is_fetched(self):
        self.assertEqual(self._tell(444).status_code, 200)
        self.assertEqual(self.hook.call_ids.state, "fetching")
        self.assertFalse(StandIn.asked, "whoever calls doesn't wait for it")
        self._fetch()
        self.assertEqual(self.hook.call_ids.state, "taken")
        self.assertEqual(self.hook.call_ids.unused.splitlines()[-1:], ["id"])
        [(path, headers)] = StandIn.asked
        self.assertIn("appsecret_proof=", path)
        self.assertEqual(headers["Authorization"], "Bearer page token")
        self._process()
        lead = self._get_all().lead_id
        self.assertEqual(lead.contact_name, "Mia Sample")
        self.assertEqual(lead.email_from, "mia@example.com")
        self.assertEqual(lead.capture_touches["last_utm_campaign"], "Spring")

    def test_each_lead_of_a_call_is_one_and_is_taken_once(self):
        self._tell(444, 445, 444)
        self._tell(444, again=True)
        self.assertEqual(len(self.hook.call_ids), 2)
        self._fetch()
        states = self.hook.call_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["taken", "waiting"])
        self.assertIn(UNSUPPORTED, self.hook.call_ids[0].reason)

    def test_trouble_at_meta_is_waited_for(self):
        self._tell(444)
        StandIn.trouble = 1
        self._fetch()
        call = self.hook.call_ids
        self.assertEqual((call.state, call.attempts), ("fetching", 1))
        self.assertTrue(call.next_attempt)
        self._fetch()
        self.assertEqual(len(StandIn.asked), 1, "not before its time")
        call.next_attempt = False
        self._fetch()
        self.assertEqual(call.state, "taken")

    def test_after_some_times_a_person_has_to(self):
        self._tell(444)
        StandIn.trouble = 99
        for _time in range(fetch.MAX_ATTEMPTS):
            self.hook.call_ids.next_attempt = False
            self._fetch()
        self.assertEqual(self.hook.call_ids.state, "waiting")
        StandIn.trouble = 0
        self.hook.with_user(self.user_sales_manager).action_try_again()
        self._fetch()
        self.assertEqual(self.hook.call_ids.state, "taken")

    def test_calls_that_meta_did_not_sign_are_refused(self):
        self.assertEqual(self._tell(444, secret="guessed").status_code, 403)
        self.assertEqual(self._call({"entry": []}).status_code, 403)
        self.hook.meta_app_secret = False
        self.assertEqual(self._tell(444, secret="").status_code, 403)
        self.assertFalse(self.hook.call_ids)
