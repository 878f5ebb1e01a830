from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged, users
from odoo.tools import mute_logger

from ..exceptions import ClaimRefused
from .common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueClaim(TestQueueCommon):
    """The first who claims a lead gets it; the others are told."""

    def _claim(self, user, leads=None):
        return (leads or self.lead_queued).with_user(user).action_claim()

    def test_first_claimer_gets_the_lead(self):
        self.assertFalse(self._claim(self.member))
        self.assertEqual(self.lead_queued.user_id, self.member)
        self.assertFalse(self.lead_queued.queue_id)
        self.assertFalse(self.lead_queued.is_unread)
        self.assertEqual(self.lead_queued.status_id, self.status_assigned)
        event = self.lead_queued.queue_event_ids[0]
        self.assertEqual((event.kind, event.owner_id), ("claimed", self.member))

    @users("queue_member")
    def test_what_is_laid_aside_is_not_to_claim_before_its_day(self):
        """Neither in lists and counts, nor as the next one of the queue."""
        aside, nobodys = self._queue_lead(), self._queue_lead()
        nobodys.queue_id = False
        today = fields.Date.context_today(aside.with_env(self.env))
        leads = aside | nobodys
        leads.write(
            {
                "status_id": self.status_recycled.id,
                "recycle_date": today + timedelta(days=1),
                "recycle_reason": "Budget in spring",
            }
        )
        queue, to_claim = self.queue.with_env(self.env), [("can_claim", "=", True)]
        mine = leads.with_env(self.env)
        self.assertFalse(mine.search(to_claim) & leads)
        self.assertEqual(queue.lead_count, 1)
        self.assertFalse(any(mine.mapped("can_claim")))
        self.assertEqual(
            mine.search(queue._get_next_domain()), self.lead_queued.with_env(self.env)
        )
        leads.recycle_date = today
        self.env.invalidate_all()
        self.assertEqual(mine.search(to_claim) & leads, mine)
        self.assertEqual(queue.lead_count, 2)
        self.assertTrue(all(mine.mapped("can_claim")))
        self.assertIn(aside, mine.search(queue._get_next_domain()))

    def test_claimer_is_told_by_the_button(self):
        lead = self.lead_queued.with_user(self.member)
        action = lead.with_context(lead_notice=True).action_claim()
        self.assertIn(lead.display_name, action["params"]["message"])

    @users("queue_member")
    def test_claim_is_taken_back_with_what_it_changed(self):
        lead = self.lead_queued.with_env(self.env)
        other_team = self.env["crm.team"].sudo().create({"name": "Elsewhere"})
        lead.sudo().team_id = other_team
        self.queue.sudo().cooldown_hours = 24
        arrival = self.lead_queued.queue_event_ids
        arrival.date = lead.queue_date - timedelta(days=3)
        undo = self._claim_by_button(lead)
        self.assertEqual(lead.user_id, self.env.user)
        self.assertNotEqual(lead.team_id, other_team)
        action = self._press(undo)
        self.assertIn("free again", action["params"]["message"])
        self.assertRecordValues(
            lead,
            [
                {
                    "user_id": False,
                    "queue_id": self.queue.id,
                    "team_id": other_team.id,
                    "status_category": "new",
                }
            ],
        )
        last = lead.sudo().queue_event_ids.sorted("id")[-1]
        self.assertEqual(last.kind, "returned")
        self.assertEqual(lead.queue_date, arrival.date)
        with self.assertRaisesRegex(UserError, "no open lead of yours"):
            self._press(undo)
        # Who gives a lead back later, leaves it to others.
        undo = self._claim_by_button(lead)
        last = lead.sudo().queue_event_ids.sorted("id")[-1]
        last.date -= timedelta(hours=1)
        self._press(undo)
        with self.assertRaisesRegex(ClaimRefused, "leave it to others"):
            lead.action_claim()

    @users("queue_member")
    def test_claim_of_what_was_in_no_queue_is_taken_back(self):
        self.lead_queued.queue_id = False
        lead = self.lead_queued.with_env(self.env)
        undo = self._claim_by_button(lead)
        self._press({**undo, "context": {"lead_before_claim": "odd"}})
        self.assertFalse(lead.user_id or lead.queue_id)

    @users("queue_member")
    def test_claims_of_many_are_taken_back(self):
        """Each lead goes where it was; that somebody else's is none of them."""
        free, gone = self._queue_lead(), self._queue_lead()
        free.queue_id = False
        self._claim(self.user_sales_salesman, gone)
        leads = (self.lead_queued | free | gone).with_env(self.env)
        action = leads.with_context(lead_notice=True).action_claim()
        params = action["params"]
        self.assertIn("yours now: 2", params["message"])
        self.assertTrue(params["sticky"])  # as one was somebody else's
        [undo] = params["buttons"]
        mine = (self.lead_queued | free).with_env(self.env)
        self.assertEqual(mine.user_id, self.env.user)
        self.assertCountEqual(undo["ids"], mine.ids)
        self._press(undo)
        self.assertFalse(mine.user_id)
        self.assertEqual(self.lead_queued.queue_id, self.queue)
        self.assertFalse(free.queue_id)
        self.assertEqual(gone.user_id, self.user_sales_salesman)

    @users("queue_member")
    def test_each_lead_of_many_has_its_own_place_again(self):
        leads = self.lead_queued
        for _number in range(5):
            leads += self._queue_lead()
        for days, lead in enumerate(leads):
            lead.queue_event_ids.date -= timedelta(days=days)
        places = leads.queue_event_ids.mapped("date")
        mine = leads.with_env(self.env)
        [undo] = mine.with_context(lead_notice=True).action_claim()["params"]["buttons"]
        self.env.flush_all()
        with patch.object(
            self.env.registry["crm.lead"],
            "write",
            autospec=True,
            side_effect=self.env.registry["crm.lead"].write,
        ) as write:
            self._press(undo)
        self.assertCountEqual(mine.mapped("queue_date"), places)
        # All at once, whatever is written
        self.assertLess(write.call_count, len(leads))

    @users("queue_member")
    def test_claim_of_the_next_is_taken_back(self):
        queue = self.queue.with_env(self.env).with_context(lead_notice=True)
        [undo] = queue.action_claim_next()["params"]["buttons"]
        self._press(undo)
        self.assertEqual(self.lead_queued.queue_id, self.queue)

    def _claim_by_button(self, lead):
        action = lead.with_context(lead_notice=True).action_claim()
        [undo] = action["params"]["buttons"]
        return undo

    def _press(self, button):
        context = {"lead_notice": True, **button["context"]}
        records = self.env[button["model"]].browse(button["ids"])
        return getattr(records.with_context(**context), button["method"])()

    def test_second_claimer_is_told_who_won(self):
        self._claim(self.member)
        self.env.invalidate_all()
        with self.assertRaises(UserError) as refusal:
            self._claim(self.user_sales_salesman)
        told = str(refusal.exception)
        # Which lead it was, they have just seen.
        self.assertRegex(told, r"Anvils.*Fair enquiries.*Mia Member on \d+/\d+/\d+")
        self.assertIsInstance(refusal.exception, ClaimRefused)
        with self.assertRaisesRegex(UserError, "yours already"):
            self._claim(self.member)

    def test_outsiders_can_not_claim(self):
        for user in (self.outsider, self.user_sales_leads):
            with self.assertRaises(AccessError):
                self._claim(user)
        self._claim(self.member)
        # Nor are they told what became of it.
        with self.assertRaises(AccessError):
            self._claim(self.outsider)

    def test_who_sees_all_leads_is_told_which_one_is_lost(self):
        self.queue.member_user_ids |= self.user_sales_leads
        self._claim(self.member)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, r"Anvils.*Mia Member on \d+/\d+/\d+"):
            self._claim(self.user_sales_leads)

    def test_members_are_told_who_won_for_a_day(self):
        self._claim(self.member)
        claim = self.lead_queued.queue_event_ids[0]
        # What happens to the lead afterwards is not for them.
        self.lead_queued.user_id = self.user_sales_manager
        claim.date -= timedelta(hours=23)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "claimed by Mia Member"):
            self._claim(self.user_sales_salesman)
        claim.date -= timedelta(hours=2)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._claim(self.user_sales_salesman)

    def test_lead_that_was_given_to_somebody_is_nobodys_business(self):
        self.lead_queued.with_user(self.user_sales_manager).user_id = self.member
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._claim(self.user_sales_salesman)

    def test_who_left_the_queue_is_told_nothing(self):
        self._claim(self.member)
        self.queue.member_user_ids -= self.user_sales_salesman
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._claim(self.user_sales_salesman)

    def test_manager_claims_without_being_a_member(self):
        self._claim(self.user_sales_manager)
        self.assertEqual(self.lead_queued.user_id, self.user_sales_manager)

    def test_of_many_the_free_ones_are_claimed(self):
        leads = self.lead_queued | self._queue_lead() | self._queue_lead()
        self._claim(self.member, leads[1])
        action = self._claim(self.user_sales_salesman, leads)
        self.assertEqual(
            leads.mapped("user_id.login"),
            ["user_sales_salesman", "queue_member"],
        )
        self.assertIn("Mia Member", action["params"]["message"])
        self.assertEqual(action["params"]["type"], "warning")

    def test_limit_of_a_day(self):
        self.queue.claim_limit = 2
        leads = self.lead_queued | self._queue_lead() | self._queue_lead()
        action = self._claim(self.member, leads)
        self.assertEqual(len(leads.filtered("user_id")), 2)
        self.assertIn("claim limit of “", action["params"]["message"])
        with self.assertRaisesRegex(UserError, r"claim limit of .* \(2\)"):
            self.queue.with_user(self.member).action_claim_next()
        leads.queue_event_ids.write({"date": fields.Datetime.now() - timedelta(days=1)})
        self.queue.with_user(self.member).action_claim_next()
        self.assertEqual(leads.user_id, self.member)

    def test_last_owner_leaves_it_to_others(self):
        self.queue.cooldown_hours = 4
        self._claim(self.member)
        self.lead_queued.with_user(self.member)._put_in_queue(
            self.queue, "returned", "Not my language"
        )
        with self.assertRaisesRegex(UserError, "was yours"):
            self._claim(self.member)
        with self.assertRaisesRegex(UserError, "nothing to claim"):
            self.queue.with_user(self.member).action_claim_next()
        self.lead_queued.queue_date -= timedelta(hours=5)
        self._claim(self.member)

    @users("queue_member")
    def test_who_makes_themself_the_owner_has_claimed(self):
        self.queue.claim_limit = 1
        lead = self.lead_queued.with_env(self.env)
        other = self._queue_lead(name="Rockets").with_env(self.env)
        lead.web_save({"user_id": self.env.uid}, {})
        self.assertEqual(lead.user_id, self.env.user)
        self.assertFalse(lead.queue_id)
        event = lead.queue_event_ids[0]
        self.assertEqual((event.kind, event.owner_id), ("claimed", self.env.user))
        for take in (
            lambda: other.write({"user_id": self.env.uid}),
            lambda: other.write({"user_id": self.env.uid, "queue_id": False}),
            lambda: other.web_save({"user_id": self.env.uid}, {}),
            other.action_claim,
        ):
            with self.assertRaisesRegex(UserError, r"Rockets.*\(1\)"):
                take()
        self.assertFalse(other.user_id)

    @users("queue_member")
    def test_many_at_once_are_within_the_limit_or_none(self):
        self.queue.claim_limit = 2
        leads = self.lead_queued | self._queue_lead() | self._queue_lead()
        leads = leads.with_env(self.env)
        with self.assertRaisesRegex(UserError, r"claim limit of .* \(2\)"):
            leads.write({"user_id": self.env.uid})
        self.assertFalse(leads.user_id)
        outcome = self.env["crm.lead.bulk.operation.owner"]._run(
            leads, {"user_id": self.env.uid}
        )
        self.assertEqual(outcome.changed, 2)
        [reason] = outcome.failures.values()
        self.assertIn("(2)", reason)

    @users("queue_member")
    def test_last_owner_does_not_take_it_by_hand_either(self):
        self.queue.cooldown_hours = 4
        lead = self.lead_queued.with_env(self.env)
        lead.action_claim()
        lead._put_in_queue(self.queue, "returned", "Not my language")
        with self.assertRaisesRegex(UserError, "was yours"):
            lead.user_id = self.env.user
        self.assertEqual(lead.queue_id, self.queue)

    @users("queue_member")
    def test_members_take_leads_off_by_claiming_only(self):
        lead = self.lead_queued.with_env(self.env)
        for values in ({"queue_id": False}, {"queue_id": False, "user_id": False}):
            with self.assertRaisesRegex(UserError, "Anvils.*Claim it"):
                lead.write(values)
        self.assertEqual(lead.queue_id, self.queue)
        lead.with_user(self.user_sales_manager).queue_id = False
        self.assertFalse(lead.queue_id)

    @users("queue_member")
    def test_converting_a_lead_of_a_queue_is_claiming_it(self):
        self.queue.claim_limit = 1
        other = self._queue_lead(name="Rockets").with_env(self.env)
        for lead in (self.lead_queued.with_env(self.env), other):
            if lead == other:
                with self.assertRaisesRegex(UserError, r"Rockets.*\(1\)"):
                    other.convert_opportunity(False, user_ids=self.env.user.ids)
            else:
                lead.convert_opportunity(False, user_ids=self.env.user.ids)
        self.assertEqual(self.lead_queued.type, "opportunity")
        event = self.lead_queued.queue_event_ids[0]
        self.assertEqual((event.kind, event.owner_id), ("claimed", self.env.user))
        self.assertEqual((other.type, other.queue_id), ("lead", self.queue))

    def test_giving_leads_is_no_claim(self):
        self.queue.claim_limit = 1
        leads = self.lead_queued | self._queue_lead() | self._queue_lead()
        leads[0].with_user(self.member).user_id = self.user_sales_salesman
        leads[1].with_user(self.user_sales_manager).user_id = self.user_sales_manager
        leads[2].with_user(self.user_sales_manager).user_id = self.member
        self.env.invalidate_all()
        self.assertEqual(
            [lead.queue_event_ids[0].kind for lead in leads], ["assigned"] * 3
        )

    def test_refusals_name_no_leads_of_others(self):
        self.queue.claim_limit = 1
        with self.assertRaises(AccessError) as refusal:
            self.lead_queued.with_user(self.outsider).user_id = self.outsider
        self.assertNotIn("Anvils", str(refusal.exception))

    @users("user_sales_leads")
    def test_taking_a_lead_that_is_in_no_queue_costs_nothing_more(self):
        def take():
            lead = self._create_lead(self.user_sales_manager, user_id=False)
            self.flush_tracking()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            lead.with_env(self.env).write({"user_id": self.env.uid})
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        take()
        with patch.object(
            self.registry["crm.lead"], "_is_move_of_a_member", return_value=False
        ):
            expected = take()
        self.assertEqual(take(), expected)

    def test_closed_leads_are_not_claimed(self):
        self.lead_queued.action_set_lost(lost_reason_id=self.lost_reason.id)
        with self.assertRaisesRegex(UserError, "closed"):
            self._claim(self.member)

    def test_claim_next_gives_the_best(self):
        self.lead_queued.unlink()
        old = self._queue_lead(stars="3")
        good = self._queue_lead(stars="5")
        qualified = self._queue_lead(
            stars="3", bant_contact="yes", bant_need="yes", bant_budget="yes"
        )
        old.queue_date -= timedelta(days=1)
        new = self._queue_lead(stars="3")
        (old | good | qualified | new).write({"stars": "3"})
        good.stars = "5"
        queue = self.queue.with_user(self.member)
        order = [queue.action_claim_next()["res_id"] for _ in range(4)]
        self.assertEqual(order, [good.id, qualified.id, old.id, new.id])
        with self.assertRaisesRegex(UserError, "nothing to claim in “Fair enquiries”"):
            queue.action_claim_next()

    @users("queue_member")
    def test_claiming_the_next_says_whose_it_is_in_passing(self):
        queue = self.queue.with_env(self.env).with_context(lead_notice=True)
        name = self.lead_queued.display_name
        action = queue.action_claim_next()
        self.assertIn(f"“{name}” is yours", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], self.lead_queued.id)
        with self.assertRaisesRegex(ClaimRefused, "nothing to claim"):
            queue.action_claim_next()
        self._queue_lead()
        self._queue_lead()
        self.queue.sudo().claim_limit = 1
        queue.action_claim_next()
        with self.assertRaisesRegex(ClaimRefused, "daily claim limit"):
            queue.action_claim_next()

    def test_outsiders_get_nothing_next(self):
        with self.assertRaisesRegex(AccessError, "Fair enquiries"):
            self.queue.with_user(self.outsider).action_claim_next()

    @users("queue_member")
    def test_return_takes_a_reason(self):
        lead = self.lead_queued.with_env(self.env)
        lead.action_claim()
        action = lead.action_return_to_queue()
        wizard = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .create({"reason": "Asks for another region"})
        )
        self.assertEqual(wizard.queue_id, self.queue)
        wizard.action_apply()
        self.assertEqual(lead.queue_id, self.queue)
        self.assertFalse(lead.user_id)
        event = lead.queue_event_ids[0]
        self.assertEqual(
            (event.kind, event.reason, event.user_id),
            ("returned", "Asks for another region", self.env.user),
        )

    def test_nobodys_activity_becomes_the_claimers(self):
        self.lead_queued._plan_activities(
            self.env.ref("mail.mail_activity_data_todo"),
            "Call",
            lambda lead: self.env["res.users"],
        )
        self._claim(self.member)
        self.assertEqual(self.lead_queued.activity_ids.user_id, self.member)

    def test_what_the_former_owner_planned_is_for_the_next(self):
        self._claim(self.member)
        todo = "mail.mail_activity_data_todo"
        theirs = self.lead_queued.activity_schedule(todo, user_id=self.member.id)
        others = self.lead_queued.activity_schedule(
            todo, user_id=self.user_sales_manager.id
        )
        self.lead_queued.with_user(self.member).write({"queue_id": self.queue.id})
        self.assertFalse(theirs.user_id)
        self.assertEqual(others.user_id, self.user_sales_manager)
        self._claim(self.user_sales_salesman)
        self.assertEqual(theirs.user_id, self.user_sales_salesman)

    def test_claiming_reads_no_list_of_members(self):
        # Which is sorted by name, and so asks for all contacts there are.
        lead = self.lead_queued.with_user(self.member)
        members = type(self.queue)._fields["user_ids"]
        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(members, "read", side_effect=AssertionError("read")):
            lead.action_claim()
        self.assertEqual(self.lead_queued.user_id, self.member)

    def test_claiming_80_takes_no_queries_per_lead(self):
        def count(number):
            leads = self.env["crm.lead"].create(
                [
                    {"name": f"L{i}", "type": "lead", "queue_id": self.queue.id}
                    for i in range(number)
                ]
            )
            self.flush_tracking()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            leads.with_user(self.member).action_claim()
            self.flush_tracking()
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        count(1)
        few, many = count(2), count(80)
        self.assertLessEqual(many - few, 12, f"{few} for 2 leads, {many} for 80")


@tagged("post_install", "-at_install", "lead_tours")
class TestQueueTours(TestQueueCommon, HttpCase):
    def test_claim_and_lose(self):
        url = f"/odoo/action-crm.crm_lead_all_leads/{self.lead_queued.id}"
        lost = self._queue_lead(name="Lost race", partner_name="Lost race")
        self.start_tour(url, "lead_claim", login="queue_member")
        self.assertEqual(self.lead_queued.user_id, self.member)
        self.start_tour(
            "/odoo/lead-queues", "lead_claim_next", login="user_sales_salesman"
        )
        self.assertEqual(lost.user_id, self.user_sales_salesman)

    def test_lose_between_seeing_and_clicking(self):
        leads = self.registry["crm.lead"]
        claim, member = leads.action_claim, self.member

        def claim_after_somebody_else(lead):
            theirs = lead.with_user(member)
            theirs._claim()
            theirs.env.flush_all()
            theirs.env.invalidate_all()
            return claim(lead)

        with (
            patch.object(leads, "action_claim", claim_after_somebody_else),
            mute_logger("odoo.http"),
        ):
            self.start_tour(
                f"/odoo/action-crm.crm_lead_all_leads/{self.lead_queued.id}",
                "lead_claim_lost",
                login="user_sales_salesman",
            )

    def test_open_unread_leads(self):
        leads = self.lead_own | self._create_lead(
            self.user_sales_manager, contact_name="John Roe", partner_name="Roe Inc."
        )
        leads.user_id = self.member
        self.env.flush_all()
        self.assertEqual(leads.mapped("is_unread"), [True, True])
        written = leads.mapped("write_date"), leads.mapped("date_last_touch")
        self.start_tour("/odoo/my-unread-leads", "lead_unread", login="queue_member")
        leads.invalidate_recordset()
        self.assertEqual(leads.mapped("is_unread"), [False, False])
        self.assertEqual(
            (leads.mapped("write_date"), leads.mapped("date_last_touch")), written
        )
