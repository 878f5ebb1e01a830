from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_status")
class TestLeadStatusStart(TestLeadManagementCommon):
    @users("user_sales_salesman")
    def test_own_lead_starts_assigned(self):
        """It has an owner: there is nobody to find for it."""
        lead = self.env["crm.lead"].create({"name": "Fair", "type": "lead"})
        self.assertEqual(lead.user_id, self.env.user)
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_lead_made_for_somebody_starts_assigned(self):
        lead = self.env["crm.lead"].create(
            {"name": "Fair", "type": "lead", "user_id": self.user_sales_salesman.id}
        )
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_unowned_lead_starts_new(self):
        lead = self.env["crm.lead"].create(
            {"name": "Fair", "type": "lead", "user_id": False}
        )
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_salesman")
    def test_opportunity_has_no_status(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        self.assertFalse(lead.status_id)

    @users("user_sales_salesman")
    def test_form_shows_the_status_before_saving(self):
        with Form(self.env["crm.lead"].with_context(default_type="lead")) as form:
            form.contact_first_name = "Jane"
            form.contact_last_name = "Doe"
            form.partner_name = "Acme"
            self.assertEqual(form.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_form_shows_the_status_of_the_owner_that_is_chosen(self):
        for owner, status in (
            (self.env["res.users"], self.status_new),
            (self.user_sales_leads, self.status_assigned),
        ):
            form = Form(self.env["crm.lead"].with_context(default_type="lead"))
            form.contact_first_name = "Jane"
            form.contact_last_name = "Doe"
            form.partner_name = "Acme"
            form.user_id = owner
            self.assertEqual(form.status_id, status)
            self.assertEqual(form.save().status_id, status)

    @users("user_sales_salesman")
    def test_copy_starts_again(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.status_id = self.status_in_process
        self.assertEqual(lead.copy().status_id, self.status_assigned)
        self.assertEqual(lead.copy({"user_id": False}).status_id, self.status_new)

    @users("user_sales_manager")
    def test_lead_created_as_dead_is_lost(self):
        lead = self.env["crm.lead"].create(
            {"name": "Old", "type": "lead", "status_id": self.status_dead.id}
        )
        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.status_id, self.status_dead)

    @users("user_sales_manager")
    def test_lead_cannot_be_created_as_converted(self):
        with self.assertRaisesRegex(UserError, "Old.*Converted"):
            self.env["crm.lead"].create(
                {"name": "Old", "type": "lead", "status_id": self.status_converted.id}
            )

    @users("user_sales_salesman")
    def test_saying_that_it_is_an_import_converts_no_lead(self):
        self.lead_own.status_id = self.status_in_process
        lead = self.lead_own.with_env(self.env).with_context(import_file=True)
        with self.assertRaisesRegex(RedirectWarning, "when it is converted"):
            lead.status_id = self.status_converted

    def test_gateway_lead_starts_new(self):
        with self.mock_mail_gateway():
            self.format_and_process(
                self.INCOMING_EMAIL,
                "unknown@test.example.com",
                f"sales.test@{self.alias_domain}",
                subject="Please call",
                target_model="crm.lead",
            )
        lead = self.env["crm.lead"].search([("name", "=", "Please call")])
        self.assertEqual(lead.type, "lead")
        self.assertTrue(lead.status_id)
        self.assertIn(lead.status_category, ("new", "assigned"))

    INCOMING_EMAIL = """Return-Path: {return_path}
To: {to}
Message-ID: {msg_id}
Date: Mon, 24 Oct 2011 11:06:29 +0530
From: {email_from}
Subject: {subject}
Content-Type: text/plain; charset=ISO-8859-1; format=flowed

Please call me."""

    def test_categories_are_answered_from_memory(self):
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        domain = [("status_id.category", "=", "new")]
        self.assertNotIn('FROM "crm_lead_status"', str(leads._search(domain)))
        own = leads.create({"name": "Of a category", "user_id": False})
        own.status_id = self.status_new
        self.assertIn(own, leads.search(domain))
        self.assertNotIn(
            own, leads.search([("status_id.category", "not in", ["new", "dead"])])
        )
        statuses = self.env["crm.lead.status"]
        # As clients may ask: native takes one value for a list of it.
        self.assertEqual(
            statuses.search_count([("category", "in", "new")]),
            statuses.search_count([("category", "in", ["new"])]),
        )
        self.status_new.copy({"category": "new"})
        self.status_new.category = "in_process"
        self.assertNotIn(own, leads.search(domain))

    def test_rules_on_statuses_count(self):
        self.env["ir.rule"].create(
            {
                "name": "No new ones",
                "model_id": self.env["ir.model"]._get_id("crm.lead.status"),
                "domain_force": f"[('id', '!=', {self.status_new.id})]",
            }
        )
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        self.assertFalse(leads.search([("status_id.category", "=", "new")]))

    def test_batch_creation_costs_no_query_per_lead(self):
        """Native takes some queries per record; leads take no more of them than
        opportunities, which have no status."""

        def count_queries(lead_type, number):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["crm.lead"].create(
                [{"name": f"Lead {i}", "type": lead_type} for i in range(number)]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries("lead", 1)
        per_40_leads = count_queries("lead", 50) - count_queries("lead", 10)
        per_40_deals = count_queries("opportunity", 50) - count_queries(
            "opportunity", 10
        )
        self.assertEqual(per_40_leads, per_40_deals)


@tagged("post_install", "-at_install", "lead_status")
class TestLeadStatusMoves(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_customer()

    @users("user_sales_salesman")
    def test_salesman_walks_the_path(self):
        lead = self.lead_own.with_env(self.env)
        for status in (
            self.status_assigned,
            self.status_in_process,
            self.status_recycled,
            self.status_in_process,
        ):
            lead.status_id = status
            self.assertEqual(lead.status_id, status)

    @users("user_sales_salesman")
    def test_refused_move_names_the_possible_ones(self):
        lead = self.lead_own.with_env(self.env)
        with self.assertRaisesRegex(
            UserError, "Jane Doe.*is New and can't become Recycled.*Assigned or Dead"
        ):
            lead.status_id = self.status_recycled
        with self.assertRaises(UserError):
            lead.action_set_status(self.status_recycled.id)
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_salesman")
    def test_status_without_way_on_says_who_can(self):
        self.status_new.next_status_ids = False
        with self.assertRaisesRegex(UserError, "sales manager"):
            self.lead_own.with_env(self.env).status_id = self.status_assigned

    @users("user_sales_manager")
    def test_manager_makes_every_move(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_recycled
        lead.status_id = self.status_new
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_salesman")
    def test_one_refusal_leaves_all_of_a_mass_change(self):
        other = self._create_lead(self.user_sales_salesman)
        other.status_id = self.status_recycled
        leads = (self.lead_own + other).with_env(self.env)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            leads.write({"status_id": self.status_in_process.id})
        self.env.invalidate_all()
        self.assertEqual(leads[0].status_id, self.status_new)
        self.assertEqual(leads[1].status_id, self.status_recycled)

    @users("user_sales_salesman")
    def test_dialog_of_dead_is_named_as_the_status(self):
        lead = self.lead_own.with_env(self.env)
        self.status_dead.name = "No fit"
        for action in (
            lead.action_open_lost(),
            lead.action_set_status(self.status_dead.id),
        ):
            self.assertEqual(action["name"], "No fit")
            self.assertEqual(action["context"]["default_lead_ids"], lead.ids)

    @users("user_sales_salesman")
    def test_dead_asks_for_a_lost_reason(self):
        lead = self.lead_own.with_env(self.env)
        with self.assertRaises(RedirectWarning) as caught:
            lead.status_id = self.status_dead
        self.assertEqual(
            caught.exception.args[1], self.env.ref("crm.crm_lead_lost_action").id
        )
        self.assertEqual(lead.status_id, self.status_new)
        lead.write(
            {"status_id": self.status_dead.id, "lost_reason_id": self.lost_reason.id}
        )
        self.assertEqual(lead.won_status, "lost")
        self.assertFalse(lead.active)
        self.assertEqual(lead.lost_reason_id, self.lost_reason)
        self.assertEqual(lead.status_id, self.status_dead)

    @users("user_sales_salesman")
    def test_click_on_dead_opens_the_lost_dialog(self):
        lead = self.lead_own.with_env(self.env)
        action = lead.action_set_status(self.status_dead.id)
        self.assertEqual(action["res_model"], "crm.lead.lost")
        wizard = (
            self.env["crm.lead.lost"]
            .with_context(**action["context"])
            .create({"lost_reason_id": self.lost_reason.id})
        )
        wizard.action_lost_reason_apply()
        self.assertEqual(lead.status_id, self.status_dead)

    @users("user_sales_salesman")
    def test_closing_note_on_a_lost_lead_is_kept(self):
        lead = self.lead_own.with_env(self.env)
        for note in ("Wants it cheaper", "Has bought elsewhere"):
            self.env["crm.lead.lost"].create(
                {
                    "lead_ids": [Command.set(lead.ids)],
                    "lost_reason_id": self.lost_reason.id,
                    "lost_feedback": note,
                }
            ).action_lost_reason_apply()
            self.cr.flush()
            self.assertEqual(str(lead.message_ids.mapped("body")).count(note), 1)

    def test_dialogs_pass_over_no_archived_records(self):
        for name, model in self.registry.items():
            if not (model._transient and model._original_module == "lead_management"):
                continue
            for field in model._fields.values():
                if field.type == "many2many" and not field.compute:
                    comodel = self.env[field.comodel_name]
                    if comodel._active_name:
                        self.assertIs(
                            field.context.get("active_test"), False, f"{name}.{field}"
                        )

    @users("user_sales_salesman")
    def test_recycling_a_lost_lead_restores_it(self):
        lead = self.lead_own.with_env(self.env)
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.env["crm.lead.recycle"].create(
            {
                "lead_ids": [Command.set(lead.ids)],
                "status_id": self.status_recycled.id,
                "recycle_reason": "Has no budget before May",
            }
        ).action_apply()
        self.assertTrue(lead.active)
        self.assertEqual(lead.status_id, self.status_recycled)
        self.assertEqual(lead.recycle_reason, "Has no budget before May")

    @users("user_sales_salesman")
    def test_taken_up_early_it_still_tells_why_it_was_recycled(self):
        lead = self.lead_own.with_env(self.env)
        lead.sudo().write(
            {
                "status_id": self.status_recycled.id,
                "recycle_reason": "Has no budget before May",
            }
        )
        self.cr.flush()
        lead.status_id = self.status_in_process
        self.cr.flush()
        self.assertFalse(lead.recycle_reason)
        told = lead.sudo().message_ids.tracking_value_ids
        self.assertIn("Has no budget before May", told.mapped("old_value_char"))

    @users("user_sales_manager")
    def test_a_converted_lead_is_not_lost(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_lead(target="account")
        with self.assertRaisesRegex(UserError, "Undo the conversion"):
            lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_manager")
    def test_a_lead_that_became_an_account_stays_converted_by_every_way(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_lead(target="account")
        ways = {
            "no probability": lambda: lead.write({"probability": 0}),
            "restored": lead.action_restore,
            "archived with automated probability": lambda: (
                lead.write({"probability": 0, "automated_probability": 0}),
                lead.action_archive(),
            ),
            "unarchived": lead.action_unarchive,
            "lost by its values": lambda: lead.write(
                {"active": False, "probability": 0}
            ),
            "won": lambda: lead.sudo().action_set_won(),
            "won no more": lambda: lead.write(
                {"stage_id": self.stage_proposition.id, "probability": 10}
            ),
        }
        for way, do in ways.items():
            with self.subTest(way=way):
                do()
                self.env.flush_all()
                self.assertEqual(lead.status_id, self.status_converted)
                self.assertNotEqual(lead.won_status, "lost")
        lead.conversion_id.action_undo()
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_manager")
    def test_a_conversion_is_undone_before_the_status_is_moved(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_lead(target="account")
        for status in (self.status_in_process, self.status_recycled, self.status_dead):
            for mover in (lead, lead.sudo()):
                with self.assertRaisesRegex(UserError, "Undo the conversion"):
                    mover.status_id = status
            with self.assertRaisesRegex(UserError, "Undo the conversion"):
                lead.action_set_status(status.id)
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_click_on_converted_opens_the_convert_dialog(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.status_id = self.status_in_process
        action = lead.action_set_status(self.status_converted.id)
        self.assertEqual(action["res_model"], "crm.lead2opportunity.partner")
        self.assertEqual(action["name"], "Convert lead")
        self.assertEqual(lead.action_open_convert(), action)
        with self.assertRaises(RedirectWarning):
            lead.status_id = self.status_converted

    @users("user_sales_manager")
    def test_move_from_dead_restores(self):
        lead = self.lead_own.with_env(self.env)
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        lead.status_id = self.status_in_process
        self.assertTrue(lead.active)
        self.assertEqual(lead.won_status, "pending")
        self.assertFalse(lead.lost_reason_id)
        self.assertEqual(lead.status_id, self.status_in_process)

    @users("user_sales_manager")
    def test_opportunity_has_left_the_path(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_opportunity(False)
        with self.assertRaisesRegex(UserError, "by its stage"):
            lead.status_id = self.status_new

    @users("user_sales_salesman")
    def test_lead_keeps_a_status(self):
        with self.assertRaises(UserError):
            self.lead_own.with_env(self.env).status_id = False


@tagged("post_install", "-at_install", "lead_status")
class TestLeadStatusDoors(TestLeadManagementCommon):
    """The status follows every native door, whoever opens it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_customer()

    @users("user_sales_manager")
    def test_owner_set_and_removed(self):
        lead = self.lead_own.with_env(self.env)
        lead.user_id = self.user_sales_leads
        self.assertEqual(lead.status_id, self.status_assigned)
        lead.user_id = False
        self.assertEqual(lead.status_id, self.status_new)
        lead.user_id = self.user_sales_salesman
        self.assertEqual(lead.status_id, self.status_assigned, "back with its creator")

    @users("user_sales_manager")
    def test_owner_change_leaves_work_in_process(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_in_process
        lead.user_id = self.user_sales_leads
        self.assertEqual(lead.status_id, self.status_in_process)
        lead.user_id = False
        self.assertEqual(lead.status_id, self.status_in_process)

    @users("user_sales_salesman")
    def test_lost_and_restored(self):
        lead = self.lead_own.with_env(self.env)
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertEqual(lead.status_id, self.status_dead)
        self.assertEqual(lead.lost_reason_id, self.lost_reason)
        lead.action_restore()
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_manager")
    def test_restored_lead_has_the_status_it_had(self):
        statuses = (
            self.status_new,
            self.status_assigned,
            self.status_in_process,
            self.status_recycled,
        )
        leads = self.env["crm.lead"]
        for status in statuses:
            lead = self._create_lead(self.user_sales_salesman).with_env(self.env)
            lead.status_id = status
            leads |= lead
        day = leads[-1].recycle_date
        self.assertTrue(day)
        for restore in ("action_restore", "action_unarchive"):
            leads.action_set_lost(lost_reason_id=self.lost_reason.id)
            self.assertEqual(leads.status_id, self.status_dead)
            getattr(leads, restore)()
            self.assertEqual([lead.status_id for lead in leads], list(statuses))
            self.assertEqual(leads[-1].recycle_date, day, "it will come back")

    @users("user_sales_manager")
    def test_restored_lead_without_its_status_has_the_nearest(self):
        status = self.env["crm.lead.status"].create(
            {"name": "Waiting", "category": "in_process", "sequence": 35}
        )
        lead = self.lead_own.with_env(self.env)
        lead.status_id = status
        lead.action_set_lost()
        status.active = False
        lead.action_restore()
        self.assertEqual(lead.status_id, self.status_in_process)
        status.active = True
        lead.status_id = status
        lead.convert_lead()
        status.active = False
        lead.conversion_id.action_undo()
        self.assertEqual(lead.status_id, self.status_in_process)
        born_dead = self.env["crm.lead"].create(
            {"name": "Old", "type": "lead", "status_id": self.status_dead.id}
        )
        born_dead.action_restore()
        self.assertEqual(born_dead.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_lead_that_gets_its_owner_while_dead_is_restored_as_theirs(self):
        lead = self._create_lead(self.env.user, user_id=False).with_env(self.env)
        lead.action_set_lost()
        lead.user_id = self.user_sales_leads
        self.assertEqual(lead.status_id, self.status_dead)
        lead.action_restore()
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_dead_lead_is_recycled_until_the_day_that_is_given(self):
        lead = self.lead_own.with_env(self.env)
        lead.action_set_lost()
        day = fields.Date.today() + timedelta(days=90)
        lead.write({"status_id": self.status_recycled.id, "recycle_date": day})
        self.assertEqual(lead.status_id, self.status_recycled)
        self.assertEqual(lead.recycle_date, day)
        self.assertTrue(lead.active)

    @users("user_sales_salesman")
    def test_archived_lead_keeps_its_status(self):
        lead = self.lead_own.with_env(self.env)
        lead.probability = 20
        lead.action_archive()
        self.assertEqual(lead.status_id, self.status_new)
        lead.action_unarchive()
        self.assertEqual(lead.status_id, self.status_new)

    @users("user_sales_salesman")
    def test_won_lead_is_converted_and_comes_back(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.action_set_won()
        self.assertEqual(lead.status_id, self.status_converted)
        lead.write({"stage_id": self.stage_proposition.id, "probability": 10})
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_salesman")
    def test_converted_by_wizard(self):
        lead = self.lead_own.with_env(self.env)
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            .create({"name": "convert", "action": "create"})
        )
        wizard.action_apply()
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.status_id, self.status_converted)
        self.assertEqual(lead.status_before_id, self.status_new)

    @users("user_sales_manager")
    def test_converted_by_mass_wizard(self):
        lead = self.lead_own.with_env(self.env)
        wizard = (
            self.env["crm.lead2opportunity.partner.mass"]
            .with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            .create(
                {"deduplicate": False, "action": "create", "force_assignment": False}
            )
        )
        wizard.action_mass_convert()
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_converted_by_call(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_opportunity(self.customer_contact)
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_converted_by_writing_the_type_and_back(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.type = "opportunity"
        self.assertEqual(lead.status_id, self.status_converted)
        lead.type = "lead"
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_salesman")
    def test_ledger_follows_a_written_type_and_back(self):
        lead = self.lead_own.with_env(self.env)
        for _time in range(2):
            lead.type = "opportunity"
            self.assertTrue(lead.conversion_id)
            self.assertTrue(lead.date_conversion)
            lead.type = "lead"
            self.assertFalse(lead.conversion_id)
            self.assertFalse(lead.date_conversion)
            self.assertEqual(lead.conversion_ids[0].undone_user_id, self.env.user)
            self.assertIn("undone the conversion", lead.message_ids[0].body)
        lead.convert_lead()
        self.assertEqual(len(lead.conversion_ids), 3)

    @users("user_sales_manager")
    def test_opportunity_turned_lead_is_converted_whatever_was_converted_into_it(self):
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_name": "Acme"}
        )
        self.lead_own.with_env(self.env).convert_lead(
            "opportunity", opportunity_id=deal.id
        )
        self.assertTrue(deal.conversion_id)
        deal.type = "lead"
        self.assertFalse(deal.conversion_id)
        [result] = deal.convert_lead("opportunity")
        other = self._create_lead(self.env.user).with_env(self.env)
        other.convert_lead("opportunity", opportunity_id=deal.id)
        self.assertEqual(deal.conversion_id.id, result["conversion_id"])

    @users("user_sales_manager")
    def test_opportunity_turned_lead_starts_its_path(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        deal.type = "lead"
        self.assertEqual(deal.status_id, self.status_assigned)

    def test_converted_by_team_assignment(self):
        lead = self._create_lead(self.user_sales_manager, user_id=False, probability=20)
        lead.team_id = False
        self.env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
        self.env["ir.config_parameter"].set_param("crm.assignment.delay", "0")
        self.sales_team_1.assignment_domain = f"[('id', '=', {lead.id})]"
        self.sales_team_1._action_assign_leads(force_quota=True)
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_opportunity_that_is_lost_stays_converted(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_opportunity(False)
        lead.action_set_lost()
        self.assertEqual(lead.status_id, self.status_converted)
        lead.action_restore()
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_manager")
    def test_merge_keeps_the_status_furthest_on(self):
        busy = self._create_lead(self.user_sales_salesman)
        busy.status_id = self.status_in_process
        merged = (self.lead_own + busy).with_env(self.env).merge_opportunity()
        self.assertEqual(merged.type, "lead")
        self.assertEqual(merged.status_id, self.status_in_process)

    @users("user_sales_salesman")
    def test_merge_into_opportunity_converts(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        merged = (self.lead_own.with_env(self.env) + deal).merge_opportunity()
        self.assertEqual(merged.type, "opportunity")
        self.assertEqual(merged.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_message_to_contact_starts_the_process(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.message_post(body="To the team", subtype_xmlid="mail.mt_note")
        self.assertEqual(lead.status_id, self.status_assigned, "a note is internal")
        lead.message_post(
            body="Dear Jane", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(lead.status_id, self.status_in_process)

    def test_message_from_contact_does_not_start_the_process(self):
        self.lead_own.status_id = self.status_assigned
        self.lead_own.message_post(
            body="Any news?",
            author_id=self.customer_contact.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.lead_own.status_id, self.status_assigned)

    @users("user_sales_salesman")
    def test_done_call_starts_the_process(self):
        lead = self.lead_own.with_env(self.env)
        lead.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.env.uid
        ).action_feedback(feedback="Nice talk")
        self.assertEqual(lead.status_id, self.status_in_process)

    @users("user_sales_salesman")
    def test_mail_to_many_starts_the_process(self):
        leads = self.lead_own.with_env(self.env) + self.env["crm.lead"].create(
            {"name": "Two", "type": "lead", "email_from": "two@test.example.com"}
        )
        leads[0].email_from = "one@test.example.com"
        composer = (
            self.env["mail.compose.message"]
            .with_context(active_model="crm.lead", active_ids=leads.ids)
            .create(
                {
                    "composition_mode": "mass_mail",
                    "model": "crm.lead",
                    "res_ids": repr(leads.ids),
                    "subject": "Hello",
                    "body": "<p>Hello</p>",
                }
            )
        )
        with self.mock_mail_gateway():
            composer._action_send_mail()
        self.assertEqual(leads.status_id, self.status_in_process)

    @users("user_sales_manager")
    def test_mass_owner_change_writes_per_status_not_per_lead(self):
        def count_queries(lead_type, number):
            leads = self.env["crm.lead"].create(
                [
                    {"name": f"Lead {i}", "type": lead_type, "user_id": False}
                    for i in range(number)
                ]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            leads.write({"user_id": self.user_sales_leads.id})
            self.env.flush_all()
            if lead_type == "lead":
                self.assertEqual(leads.status_id, self.status_assigned)
            return self.env.cr.sql_log_count - before

        with self.mock_mail_gateway():
            count_queries("lead", 1)
            per_20_leads = count_queries("lead", 25) - count_queries("lead", 5)
            per_20_deals = count_queries("opportunity", 25) - count_queries(
                "opportunity", 5
            )
        self.assertEqual(per_20_leads, per_20_deals)


@tagged("post_install", "-at_install", "lead_status")
class TestLeadStatusTime(TestLeadManagementCommon):
    def test_time_in_each_status(self):
        lead = self.lead_own
        start = self.env.cr.now()
        lead.date_status_update = start - timedelta(days=3)
        lead.status_id = self.status_assigned
        lead.date_status_update = start - timedelta(days=5)
        lead.status_id = self.status_in_process
        lead.date_status_update = start - timedelta(days=2)
        lead.status_id = self.status_recycled
        lead.date_status_update = start - timedelta(days=1)
        lead.status_id = self.status_in_process
        lead.date_status_update = start - timedelta(days=4)
        self.env.flush_all()
        self.env.invalidate_all()
        day = 24 * 3600
        self.assertEqual(
            lead.status_duration,
            {
                str(self.status_new.id): 3 * day,
                str(self.status_assigned.id): 5 * day,
                str(self.status_in_process.id): (2 + 4) * day,
                str(self.status_recycled.id): 1 * day,
            },
        )

    def test_time_is_kept_without_tracking(self):
        lead = self.lead_own.with_context(tracking_disable=True)
        lead.date_status_update -= timedelta(days=3)
        lead.user_id = self.user_sales_leads
        self.assertAlmostEqual(
            lead.status_duration[str(self.status_new.id)], 3 * 24 * 3600, delta=60
        )

    def test_time_in_stages_is_kept_beside(self):
        self.assertIn(str(self.lead_own.stage_id.id), self.lead_own.duration_tracking)

    @users("user_sales_manager")
    def test_merge_keeps_the_history(self):
        other = self._create_lead(self.user_sales_salesman)
        other.message_post(body="Called twice")
        merged = (self.lead_own + other).with_env(self.env).merge_opportunity()
        self.assertIn("Called twice", " ".join(merged.message_ids.mapped("body")))
        self.assertTrue(merged.status_duration)

    def test_chatter_tells_a_move_by_hand(self):
        lead = self.lead_own.with_context(tracking_disable=False)
        self.flush_tracking()
        lead.status_id = self.status_assigned
        self.flush_tracking()
        values = lead.message_ids[0].sudo().tracking_value_ids
        self.assertEqual(values.field_id.name, "status_id")

    def test_chatter_tells_a_loss_once(self):
        lead = self.lead_own.with_context(tracking_disable=False)
        self.flush_tracking()
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.flush_tracking()
        names = lead.message_ids.sudo().tracking_value_ids.mapped("field_id.name")
        self.assertIn("lost_reason_id", names)
        self.assertNotIn("status_id", names)

    def test_days_in_status(self):
        self.lead_own.date_status_update = self.env.cr.now() - timedelta(
            days=3, hours=1
        )
        self.assertEqual(self.lead_own.status_days, 3)
        self.lead_own.status_id = self.status_assigned
        self.assertEqual(self.lead_own.status_days, 0)


@tagged("post_install", "-at_install", "lead_status")
class TestLeadStatusSettings(TestLeadManagementCommon):
    def test_guidance_is_sanitized_where_it_is_written(self):
        lead = self.lead_own
        self.status_new.guidance = "<p>Call</p><script>alert(1)</script>"
        self.assertIn("Call", lead.status_guidance)
        self.assertNotIn("script", lead.status_guidance)
        lead.write({"status_guidance": "<script>alert(1)</script>"})
        lead.invalidate_recordset()
        self.assertNotIn("script", lead.status_guidance)
        self.assertNotIn("script", self.status_new.guidance)

    @users("user_sales_manager")
    def test_every_category_keeps_a_status(self):
        status = self.status_recycled.with_env(self.env)
        with self.assertRaisesRegex(ValidationError, "Recycled"):
            status.active = False
        with self.assertRaisesRegex(ValidationError, "Recycled"):
            status.category = "dead"
        with self.assertRaisesRegex(ValidationError, "Recycled"):
            status.unlink()

    @users("user_sales_manager")
    def test_first_status_of_a_category_takes_the_leads(self):
        first = self.env["crm.lead.status"].create(
            {"name": "Claimed", "category": "assigned", "sequence": 1}
        )
        lead = self.env["crm.lead"].create(
            {"name": "Fair", "type": "lead", "user_id": self.user_sales_leads.id}
        )
        self.assertEqual(lead.status_id, first)
        first.sequence = 99
        self.assertEqual(
            lead.copy({"user_id": self.user_sales_leads.id}).status_id,
            self.status_assigned,
        )

    @users("user_sales_manager")
    def test_archived_status_takes_no_leads_whoever_asks_first(self):
        first = self.env["crm.lead.status"].create(
            {"name": "Claimed", "category": "assigned", "sequence": 1}
        )
        first.active = False
        lead = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .create(
                {"name": "Fair", "type": "lead", "user_id": self.user_sales_leads.id}
            )
        )
        self.assertEqual(lead.status_id, self.status_assigned)

    @users("user_sales_manager")
    def test_deleted_status_takes_no_leads_though_asked_for_meanwhile(self):
        statuses = self.env["crm.lead.status"]
        first = statuses.create(
            {"name": "Claimed", "category": "assigned", "sequence": 1}
        )
        check = type(first)._check_covers_categories

        def ask_and_check(self, remaining):
            self._get_of_category("assigned")
            return check(self, remaining)

        self.patch(type(first), "_check_covers_categories", ask_and_check)
        first.unlink()
        self.assertEqual(statuses._get_of_category("assigned"), self.status_assigned)

    @users("user_sales_salesman")
    def test_kanban_has_a_column_for_every_status(self):
        groups = (
            self.env["crm.lead"]
            .with_context(read_group_expand=True)
            .web_read_group([("id", "=", self.lead_own.id)], ["status_id"])["groups"]
        )
        self.assertEqual(
            [group["status_id"][0] for group in groups],
            self.env["crm.lead.status"].search([]).ids,
        )
