from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentRights(ConsentCase):
    """Who sees consents, and who changes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Jane",
                "email_from": "jane@example.com",
                "user_id": cls.user_sales_leads.id,
            }
        )

    def test_a_salesperson_reads_those_of_his_own_leads_only(self):
        state = self._agree()
        seen = state.with_user(self.user_sales_salesman)
        for records in (seen, state.event_ids.with_user(self.user_sales_salesman)):
            self.assertFalse(records.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                records.read(["display_name"])
            self.env.invalidate_all()
        with self.assertRaises(AccessError):
            seen.action_withdraw()
        self.lead.user_id = self.user_sales_salesman
        self.env.invalidate_all()
        self.assertEqual(seen.search([("id", "=", seen.id)]), seen)
        self.assertEqual(seen.event_ids[0].kind, "confirms")
        # Of a contact that he may read
        self.lead.user_id = self.user_sales_leads
        self.env["res.partner"].create({"name": "Jane", "email": "jane@example.com"})
        self.env.invalidate_all()
        self.assertEqual(seen.read(["state"])[0]["state"], "confirmed")

    def test_a_search_by_consents_finds_no_other_leads(self):
        self._agree()
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        domain = [("id", "=", self.lead.id)]
        agreed = ("consent_state_ids", "any", [("state", "=", "confirmed")])
        self.assertFalse(leads.search([*domain, agreed]))
        self.lead.user_id = self.user_sales_salesman
        self.assertEqual(leads.search([*domain, agreed]), self.lead)
        theirs = self.env["res.company"].create({"name": "Other"})
        self.news.company_id = theirs
        self.assertFalse(leads.search([*domain, agreed]))

    @users("user_sales_salesman", "user_sales_manager")
    def test_nobody_changes_the_proof(self):
        self.lead.user_id = self.env.uid
        state = self._agree().with_env(self.env)
        for record, vals in (
            (state, {"state": "confirmed"}),
            (state, {"ask_due": True}),
            (state.event_ids[0], {"text": "Something else"}),
        ):
            with self.assertRaises(AccessError):
                record.write(vals)
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.create(vals)
        with self.assertRaises(AccessError):
            self.lead.with_env(self.env).write(
                {"consent_state_ids": [(1, state.id, {"state": "confirmed"})]}
            )
            self.env.flush_all()

    @users("user_sales_salesman")
    def test_a_salesperson_changes_no_purpose(self):
        with self.assertRaises(AccessError):
            self.news.with_env(self.env).text = "Anything"

    def test_consents_are_seen_in_their_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.news.copy({"company_id": other.id, "name": "Theirs"})
        shared = self.news.copy({"company_id": False, "name": "Shared"})
        found = self.states.browse()
        for purpose in (self.news, theirs, shared):
            found |= self.states._request(purpose, {"jane@example.com": False})
        manager = self.user_sales_manager
        here = found.filtered(lambda state: state.purpose_id != theirs)
        seen = self.states.with_user(manager).search([("id", "in", found.ids)])
        self.assertEqual(seen, here)
        self.assertEqual(self.lead.with_user(manager).consent_state_ids, here)
        with self.assertRaises(AccessError):
            (found - here).with_user(manager).read(["state"])
        # Erased as far as the user sees
        self.submissions.with_user(manager).erase_email("jane@example.com")
        self.assertEqual(found.exists(), found - here)

    def test_notes_are_for_leads_of_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["crm.lead"].create(
            {
                "name": "Theirs",
                "email_from": "jane@example.com",
                "company_id": other.id,
                "user_id": False,
                "team_id": False,
            }
        )
        before = theirs.message_ids
        self._agree()
        self.assertEqual(theirs.message_ids, before)
        self.assertIn("“News” confirmed", self.lead.message_ids[0].body)
