import os
import unittest

from odoo.tests import tagged

from odoo.addons.lead_management_capture.tests.test_capture_submission import ANSWERS

from .common import ConsentCase

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

EXAMPLES = int(os.environ.get("CONSENT_PROPERTY") or 25)
EMAILS = ("a@example.com", "b@example.com")
KINDS = (
    *("check", "request", "ask", "follow", "withdraw", "user_withdraws"),
    *("create", "merge", "merge_contacts", "convert", "rename"),
)


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_consent", "lead_long")
class TestConsentProperty(ConsentCase):
    """Whatever happens in whatever order: nobody has agreed who has not confirmed since
    the last withdrawal, and what was merged with a withdrawal is withdrawn."""

    def test_a_withdrawal_wins(self):
        steps = st.lists(
            st.tuples(st.sampled_from(KINDS), st.sampled_from(EMAILS)),
            min_size=1,
            max_size=12,
        )

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @given(steps)
        def run(steps):
            with self.env.cr.savepoint() as savepoint:
                self._run(steps)
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_cache()

        run()

    def _run(self, steps):
        self.keys = {email: [] for email in EMAILS}
        # Of each address: whether it is agreed, as a person would keep the book
        agreed = dict.fromkeys(EMAILS, False)
        withdrawn = dict.fromkeys(EMAILS, False)
        self.leads = {email: self._make_lead(email) for email in EMAILS}
        self.number = 0
        for kind, email in steps:
            getattr(self, f"_do_{kind}")(email, agreed, withdrawn)
            self.env.flush_all()
            for address in EMAILS:
                found = self.states._get_agreed_emails(self.news, [address])
                self.assertEqual(bool(found), agreed[address], (kind, email, steps))
                state = self._get_state(email=address)
                self.assertEqual(
                    state.state == "withdrawn", withdrawn[address], (kind, email, steps)
                )

    def _make_lead(self, email):
        return self.env["crm.lead"].create(
            {"name": email, "type": "lead", "email_from": email, "contact_name": email}
        )

    def _do_check(self, email, _agreed, _withdrawn):
        self.number += 1
        submission = self._submit(
            {**ANSWERS, "email": email, "message": str(self.number)},
            **{self.news_box: "yes"},
        )
        submission._process()

    def _do_request(self, email, _agreed, _withdrawn):
        self.states._request(self.news, {email: False})

    def _do_ask(self, email, _agreed, _withdrawn):
        state = self._get_state(email=email)
        if state.ask_due:
            self.number += 1
            key = f"{email} {self.number}"
            state.write({"asked_key": key, "ask_due": False})
            self.keys[email].append(key)

    def _do_follow(self, email, agreed, withdrawn):
        """Follow all links ever sent: only the last one may work."""
        state = self._get_state(email=email)
        for key in self.keys[email]:
            found = self.states.search([("asked_key", "=", key)])
            self.assertLessEqual(found, state)
            found.filtered(lambda one: one.state != "confirmed")._confirm(how="link")
            if found:
                agreed[email], withdrawn[email] = True, False

    def _do_withdraw(self, email, agreed, withdrawn, how="link"):
        if state := self._get_state(email=email):
            state._withdraw(how=how)
            self.keys[email] = self.keys[email][-1:]  # one that is dead
            agreed[email], withdrawn[email] = False, True

    def _do_user_withdraws(self, email, agreed, withdrawn):
        self._do_withdraw(email, agreed, withdrawn, how="user")

    def _do_create(self, email, _agreed, _withdrawn):
        """A list is imported."""
        self.env["crm.lead"].load(
            ["name", "email_from"], [[f"Imported {email}", email.upper()]]
        )
        self.env["res.partner"].load(
            ["name", "email"], [[f"Imported {email}", email.upper()]]
        )

    def _join(self, agreed, withdrawn):
        if any(withdrawn.values()):
            for email in EMAILS:
                agreed[email], withdrawn[email] = False, True

    def _do_merge(self, _email, agreed, withdrawn):
        leads = self.env["crm.lead"].union(*map(self._make_lead, EMAILS))
        leads.merge_opportunity()
        self._join(agreed, withdrawn)

    def _do_merge_contacts(self, _email, agreed, withdrawn):
        contacts = self.env["res.partner"].create(
            [{"name": "Twin", "email": email} for email in EMAILS]
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(contacts.ids, extra_checks=False)
        self._join(agreed, withdrawn)

    def _do_convert(self, email, _agreed, _withdrawn):
        """The contact has the address of the lead."""
        lead = self._make_lead(email)
        result = lead.convert_lead("account")[0]
        contact = self.env["res.partner"].browse(result["contact_id"])
        self.assertEqual(contact.email_normalized, email)
        self.assertEqual(contact.consent_state_ids, lead.consent_state_ids)

    def _do_rename(self, email, _agreed, _withdrawn):
        lead = self.leads[email]
        lead.email_from = f"other.{email}"
        self.assertFalse(lead.consent_state_ids)
        lead.email_from = email
