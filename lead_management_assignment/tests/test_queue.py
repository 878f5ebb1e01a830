import psycopg2

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged, users
from odoo.tools import mute_logger

from .common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueMembers(TestQueueCommon):
    """Members are users, groups and teams, and always today's."""

    def test_members_of_a_team_follow_its_memberships(self):
        team = self.env["crm.team"].create({"name": "Europe", "user_id": False})
        self.queue.member_team_ids = team
        self.assertNotIn(self.outsider, self.queue.user_ids)
        member = self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.outsider.id}
        )
        self.assertIn(self.outsider, self.queue.user_ids)
        member.active = False
        self.assertNotIn(self.outsider, self.queue.user_ids)
        team.user_id = self.outsider
        self.assertIn(self.outsider, self.queue.user_ids)

    def test_members_of_a_group_follow_it_and_what_implies_it(self):
        group = self.env["res.groups"].create({"name": "Callers"})
        leaders = self.env["res.groups"].create(
            {"name": "Leaders", "implied_ids": [Command.link(group.id)]}
        )
        self.queue.member_group_ids = group
        self.outsider.group_ids += group
        self.assertIn(self.outsider, self.queue.user_ids)
        self.outsider.group_ids -= group
        self.assertNotIn(self.outsider, self.queue.user_ids)
        leaders.user_ids += self.outsider
        self.assertIn(self.outsider, self.queue.user_ids)
        leaders.implied_ids = False
        self.assertNotIn(self.outsider, self.queue.user_ids)

    def test_archived_and_portal_users_are_no_members(self):
        self.member.active = False
        self.assertEqual(self.queue.user_ids, self.user_sales_salesman)
        portal = new_test_user(self.env, "queue_portal", "base.group_portal")
        self.queue.member_user_ids += portal
        self.assertNotIn(portal, self.queue.user_ids)

    def test_members_work_in_the_company_of_the_queue(self):
        company = self.env["res.company"].create({"name": "Company B"})
        self.member.company_ids += company
        leads = self.env["crm.lead"]
        leads.search([("queue_id", "=", self.queue.id)]).queue_id = False
        self.queue.company_id = company
        self.assertEqual(self.queue.user_ids, self.member)

    def test_address_is_checked(self):
        with self.assertRaisesRegex(ValidationError, "Fair enquiries.*nobody"):
            self.queue.write({"notify": "address", "notify_email": "nobody"})

    def test_queue_with_leads_stays(self):
        with self.assertRaisesRegex(UserError, "Fair enquiries.*in use"):
            self.queue.with_user(self.user_sales_manager).unlink()

    def test_archiving_moves_the_leads(self):
        queue = self.queue.with_user(self.user_sales_manager)
        with self.assertRaisesRegex(UserError, r"Fair enquiries.*leads \(1\)"):
            queue.active = False
        action = queue.action_archive()
        # Nobody adds them where it is not a button that is clicked.
        self.assertEqual(action["views"], [(False, "form")])
        other = self.queue.copy({"name": "Other"})
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_sales_manager)
            .with_context(**action["context"])
            .create({"target_id": other.id})
        )
        self.assertEqual(wizard.lead_count, 1)
        wizard.action_apply()
        self.assertFalse(queue.active)
        self.assertEqual(self.lead_queued.queue_id, other)


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueOrOwner(TestQueueCommon):
    """A lead has a queue or an owner, whatever the door."""

    def test_new_lead_in_a_queue_has_no_owner(self):
        lead = self.lead_queued
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.status_id, self.status_new)
        self.assertEqual(lead.last_queue_id, self.queue)
        self.assertEqual(lead.queue_event_ids.kind, "queued")

    def test_owner_and_queue_at_once_is_the_owner(self):
        lead = self._queue_lead(user_id=self.member.id)
        self.assertEqual(lead.user_id, self.member)
        self.assertFalse(lead.queue_id)
        self.lead_own.write({"queue_id": self.queue.id, "user_id": self.member.id})
        self.assertFalse(self.lead_own.queue_id)

    def test_putting_it_in_takes_the_owner_off(self):
        lead = self._create_lead(self.user_sales_manager, user_id=self.member.id)
        self.assertEqual(lead.status_id, self.status_assigned)
        lead.queue_id = self.queue
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.status_id, self.status_new)
        self.assertEqual(lead.queue_last_user_id, self.member)

    def test_an_owner_takes_it_off(self):
        self.lead_queued.user_id = self.member
        self.assertFalse(self.lead_queued.queue_id)
        self.assertEqual(self.lead_queued.last_queue_id, self.queue)
        self.assertEqual(self.lead_queued.queue_event_ids[0].kind, "assigned")

    @users("user_sales_salesman")
    def test_a_line_of_the_history_opens_its_lead(self):
        lead = self.lead_queued.with_env(self.env)
        action = lead.queue_event_ids[0].action_open_lead()
        self.assertEqual((action["res_model"], action["res_id"]), (lead._name, lead.id))

    def test_an_opportunity_is_in_no_queue(self):
        self.lead_queued.convert_opportunity(self.env["res.partner"])
        self.assertFalse(self.lead_queued.queue_id)

    def test_only_open_leads_go_into_a_queue(self):
        lead, lost, opportunity, archived = (
            self._create_lead(self.user_sales_manager, name=name)
            for name in ("Open", "Lost", "Won", "Archived")
        )
        lost.action_set_lost(lost_reason_id=self.lost_reason.id)
        opportunity.convert_opportunity(self.env["res.partner"])
        archived.convert_lead(target="account")
        for closed, words in (
            (lost, "“Lost” is closed: restore it"),
            (opportunity, "“Won” is an opportunity"),
            (archived, "“Archived” is closed"),
        ):
            owner = closed.user_id
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                (lead | closed).with_user(self.user_sales_manager).queue_id = self.queue
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self._return(closed, self.user_sales_manager)
            self.assertFalse(closed.queue_id)
            self.assertEqual(closed.user_id, owner)

    def test_what_is_lost_while_it_waits_moves_with_its_queue(self):
        self.lead_queued.action_set_lost(lost_reason_id=self.lost_reason.id)
        other = self.queue.create({"name": "Other", "notify": "none"})
        self.lead_queued.with_user(self.user_sales_manager).queue_id = other
        self.assertEqual(self.lead_queued.queue_id, other)

    def test_merging_lost_leads_keeps_the_queue_of_one(self):
        leads = self.lead_queued | self._create_lead(self.env.user, user_id=False)
        leads.action_set_lost(lost_reason_id=self.lost_reason.id)
        merged = leads.with_user(self.user_sales_manager).merge_opportunity()
        self.assertEqual(merged.queue_id, self.queue)

    def test_a_reason_for_the_queue_it_is_in_is_refused(self):
        with self.assertRaisesRegex(UserError, "“Anvils.*” waits in “Fair enquiries”"):
            self._return(self.lead_queued, self.user_sales_manager)

    def _return(self, leads, user):
        wizard = self.env["crm.lead.queue.return"].with_user(user)
        wizard.create(
            {
                "lead_ids": [Command.set(leads.ids)],
                "queue_id": self.queue.id,
                "reason": "Asks for another region",
            }
        ).action_apply()

    def test_the_database_holds_it(self):
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE crm_lead SET user_id = %s WHERE id = %s",
                [self.member.id, self.lead_queued.id],
            )

    @users("user_sales_salesman")
    def test_form_clears_the_other(self):
        with Form(self.env["crm.lead"].with_context(default_type="lead")) as form:
            form.contact_first_name = "Jane"
            form.contact_last_name = "Doe"
            form.partner_name = "Acme"
            form.user_id = self.env["res.users"]
            form.queue_id = self.queue.with_env(self.env)
        self.assertFalse(form.record.user_id)
        self.assertEqual(form.record.queue_id, self.queue)

    def test_merging_keeps_the_owner_else_the_queue(self):
        both = self.lead_queued | self._queue_lead(name="Twin")
        merged = both.merge_opportunity()
        self.assertEqual(merged.queue_id, self.queue)
        self.assertEqual(len(merged.queue_event_ids), 2)
        merged = (merged | self.lead_own).merge_opportunity()
        self.assertEqual(merged.user_id, self.user_sales_salesman)
        self.assertFalse(merged.queue_id)

    def test_native_assignment_leaves_queues_alone(self):
        self.env["crm.lead"].search([("user_id", "=", False)]).unlink()
        twin = {"email_from": "anvil@acme.example.com", "team_id": False}
        queued = self._queue_lead(**twin)
        of_team = self._queue_lead(team_id=self.sales_team_1.id)
        free = self._create_lead(self.user_sales_manager, user_id=False, **twin)
        (queued | of_team | free).write({"date_open": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - interval '1 day'"
            " WHERE id = ANY(%s)",
            [[queued.id, of_team.id, free.id]],
        )
        self.env.invalidate_all()
        self.env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
        self.sales_team_1.with_user(self.user_sales_manager).action_assign_leads()
        self.assertEqual(queued.exists().queue_id, self.queue)
        self.assertEqual(of_team.queue_id, self.queue)
        self.assertFalse((queued | of_team).user_id)
        self.assertEqual(free.team_id, self.sales_team_1)

    def test_mail_to_a_team_does_not_go_to_its_leader_when_queued(self):
        self.lead_queued.team_id = self.sales_team_1
        self.lead_queued._assign_userless_lead_in_team("test")
        self.assertEqual(self.lead_queued.queue_id, self.queue)
