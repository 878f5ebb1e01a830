from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ResponseCase


@tagged("post_install", "-at_install", "lead_response")
class TestResponseOffer(ResponseCase):
    """A lead that nobody answered is offered to one after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {"hand_on": "offer", "hand_on_minutes": 0, "offer_minutes": 10}
        )
        cls.entry = cls.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": cls.env["crm.lead.assignment.rule"]
                .create({"name": "Turn", "active": False})
                .id,
                "name": "Three",
                "target": "rotation",
                "user_ids": [
                    Command.set(
                        (cls.user_sales_salesman | cls.member | cls.outsider).ids
                    )
                ],
            }
        )

    def _offer(self, **values):
        """Let a lead come that the salesman doesn't answer; return it when it is
        offered."""
        lead = self._arrive(**values)
        lead._as_system().assignment_entry_id = self.entry
        self._run_steps("2024-07-01 09:00:00")
        return lead

    def _next(self, lead):
        """Return who is asked, and who isn't yet."""
        others = self.member | self.outsider
        return lead.offer_user_id, others - lead.offer_user_id

    def _get_told(self, lead):
        return "".join(lead.message_ids.mapped("body"))

    def _accept(self, lead, user, moment="2024-07-01 09:05:00"):
        with freeze_time(moment):
            return lead.with_user(user).action_accept_offer()

    def _pass(self, lead, user, moment="2024-07-01 09:05:00"):
        with freeze_time(moment):
            return lead.with_user(user).action_pass_offer()

    def test_lead_is_offered_and_accepted(self):
        lead = self._offer()
        asked, other = self._next(lead)
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.offer_until, self._at("09:10:00"))
        self.assertIn(f"offered to {asked.name}", self._get_told(lead))
        home = self.env["crm.lead"].with_user(asked).get_lead_home()
        self.assertEqual([one["id"] for one in home["offers"]], lead.ids)
        self.assertFalse(
            self.env["crm.lead"].with_user(other).get_lead_home()["offers"]
        )
        action = self._accept(lead, asked)
        self.assertIn("yours now", action["params"]["message"])
        self.assertRecordValues(
            lead,
            [
                {
                    "user_id": asked.id,
                    "offer_user_id": False,
                    "offer_until": False,
                    "offer_tried": False,
                }
            ],
        )
        self._run_steps("2024-07-01 12:00:00")
        self.assertEqual(lead.user_id, asked)

    def test_only_the_one_who_is_asked_may_claim_it(self):
        lead = self._offer()
        asked, other = self._next(lead)
        for user, may in (
            (asked, True),
            (other, False),
            (self.user_sales_manager, True),
        ):
            leads = self.env["crm.lead"].with_user(user)
            self.assertEqual(lead.with_user(user).can_claim, may)
            found = leads.search([("can_claim", "=", True), ("id", "=", lead.id)])
            self.assertEqual(bool(found), may)
        with self.assertRaisesRegex(UserError, f"offered to {asked.name}"):
            lead.with_user(other).action_claim()
        for method in ("action_accept_offer", "action_pass_offer"):
            with self.assertRaisesRegex(UserError, "not offered to you"):
                getattr(lead.with_user(other), method)()
        # The rules leave alone what is offered.
        self.assertNotIn(lead, lead.search(lead._get_left_domain()))

    def test_who_passes_is_followed_by_the_next_and_then_the_leader(self):
        lead = self._offer()
        asked, other = self._next(lead)
        action = self._pass(lead, asked)
        self.assertIn(lead.display_name, action["params"]["message"])
        self.assertEqual(lead.offer_user_id, other)
        self.assertEqual(lead.offer_until, self._at("09:15:00"))
        self.assertIn(f"{asked.name} passed", self._get_told(lead))
        with self.assertRaisesRegex(UserError, "not offered to you"):
            self._accept(lead, asked)
        self._pass(lead, other, "2024-07-01 09:06:00")
        self.assertFalse(lead.offer_user_id or lead.offer_tried)
        self.assertEqual(lead.user_id, lead.team_id.user_id)
        if "decision_ids" in lead._fields:
            self.assertTrue(lead.decision_ids)

    def test_who_waits_too_long_is_followed_by_the_next_and_then_the_queue(self):
        lead = self._offer()
        lead._as_system().last_queue_id = self.queue
        asked, other = self._next(lead)
        self._run_steps("2024-07-01 09:09:00")
        self.assertEqual(lead.offer_user_id, asked)
        self._run_steps("2024-07-01 09:10:00")
        self.assertEqual(lead.offer_user_id, other)
        self.assertIn("did not accept in time", self._get_told(lead))
        self.assertEqual(lead.offer_until, self._at("09:20:00"))
        self._run_steps("2024-07-01 09:20:00")
        self.assertEqual(lead.queue_id, self.queue)
        self.assertFalse(lead.offer_user_id or lead.user_id)
        self.assertEqual(lead.queue_event_ids[:1].reason, "Nobody accepted it")

    def test_minutes_are_working_time(self):
        self.policy.hours = "company"
        company = self.env.company
        company.resource_calendar_id.tz = "UTC"
        with freeze_time("2024-07-05 16:55:00"):  # a Friday
            lead = self._create_lead(self.user_sales_manager, user_id=False)
            lead._as_system().response_policy_id = self.policy
            ends = lead.sudo()._get_offer_ends({self.member.id: lead.sudo()})
        self.assertEqual(str(ends[lead]), "2024-07-08 08:05:00")

    def test_owner_keeps_what_can_be_offered_to_nobody(self):
        self.entry.user_ids = self.user_sales_salesman
        lead = self._offer()
        self.assertEqual(lead.user_id, self.user_sales_salesman)
        self.assertFalse(lead.offer_user_id)

    def test_whoever_gets_or_closes_it_ends_the_offer(self):
        reason = self.env["crm.lost.reason"].search([], limit=1)
        for do in (
            lambda lead: lead.write({"user_id": self.user_sales_leads.id}),
            lambda lead: lead.action_set_lost(lost_reason_id=reason.id),
            lambda lead: lead.write({"queue_id": self.queue.id}),
            lambda lead: lead.convert_lead(target="opportunity"),
        ):
            lead = self._offer()
            self.assertTrue(lead.offer_user_id)
            do(lead.with_user(self.user_sales_manager))
            self.assertFalse(lead.offer_user_id or lead.offer_until)

    def test_offers_end_though_their_policy_is_another_by_then(self):
        lead, other = self._offer(), self._offer()
        self.policy.hand_on = "no"
        lead.write({"user_id": self.user_sales_leads.id})
        self.assertFalse(lead.offer_user_id or lead.offer_until or lead.offer_tried)
        self.policy.with_context(active_test=False).search([]).unlink()
        other.write({"user_id": self.user_sales_leads.id})
        self.assertFalse(other.offer_user_id or other.offer_until)

    def test_offers_and_leads_go_by_share(self):
        """Who has three times the share of another gets three of four."""
        assignees = self.env["crm.lead.assignee"]
        assignees._ensure_for(self.member | self.outsider)
        assignees.search([("user_id", "=", self.member.id)]).weight = 3
        leads = self.env["crm.lead"]
        for hand_on in ("offer", "next"):
            self.policy.hand_on = hand_on
            leads = self.env["crm.lead"].union(*(self._arrive() for _ in range(8)))
            leads._as_system().assignment_entry_id = self.entry
            self._run_steps("2024-07-01 09:00:00")
            got = leads.offer_user_id if hand_on == "offer" else leads.user_id
            self.assertEqual(got, self.member | self.outsider)
            name = "offer_user_id" if hand_on == "offer" else "user_id"
            mine = leads.filtered(lambda lead, name=name: lead[name] == self.member)
            self.assertEqual(len(mine), 6)

    def test_an_offer_lasts(self):
        with self.assertRaisesRegex(Exception, "offer"), mute_logger("odoo.sql_db"):
            self.policy.offer_minutes = 0
            self.env.flush_all()
