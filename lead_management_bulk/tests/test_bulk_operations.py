from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.crm_lead_bulk import operation as operation_module
from .test_bulk_job import TestBulkCommon


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkOperations(TestBulkCommon):
    """What each operation does, previews and refuses."""

    def _preview(self, user, operation, values, leads):
        operation = self.env[f"crm.lead.bulk.operation.{operation}"].with_user(user)
        return operation._preview([("id", "in", leads.ids)], values)

    def _update(self, *changes, user=None, leads=None):
        names = ("field", "way", "value")
        values = {
            "changes": [dict(zip(names, change, strict=True)) for change in changes]
        }
        leads = self.leads if leads is None else leads
        return self._start(user or self.user_sales_salesman, "update", values, leads)

    # -- mass update ---------------------------------------------------------------

    def test_sets_and_clears_fields_of_every_kind(self):
        self.leads.write({"city": "Paris", "function": "Buyer"})
        belgium = self.env.ref("base.be")
        self._update(
            ("city", "clear", False),
            ("country_id", "set", belgium.id),
            ("date_deadline", "set", "2030-01-31"),
            ("employee_count", "set", 12),
            ("expected_revenue", "set", 99.5),
            ("priority", "set", "2"),
            ("function", "set", "Director"),
        )
        self.assertEqual(set(self.leads.mapped("city")), {False})
        self.assertEqual(self.leads.country_id, belgium)
        self.assertEqual(
            set(self.leads.mapped("date_deadline")), {fields.Date.to_date("2030-01-31")}
        )
        self.assertEqual(set(self.leads.mapped("employee_count")), {12})
        self.assertEqual(set(self.leads.mapped("expected_revenue")), {99.5})
        self.assertEqual(set(self.leads.mapped("priority")), {"2"})
        self.assertEqual(set(self.leads.mapped("function")), {"Director"})

    def test_adds_and_removes_tags_and_keeps_the_others(self):
        tags = self.env["crm.tag"].create([{"name": name} for name in "abc"])
        self.leads.tag_ids = tags[:2]
        self._update(("tag_ids", "add", tags[2].ids))
        self.assertEqual(self.leads[0].tag_ids, tags)
        self._update(("tag_ids", "remove", tags[:1].ids))
        self.assertEqual(self.leads[0].tag_ids, tags[1:])
        self._update(("tag_ids", "set", tags[:1].ids))
        self.assertEqual(self.leads[0].tag_ids, tags[:1])
        self._update(("tag_ids", "clear", []))
        self.assertFalse(self.leads.tag_ids)

    def test_leads_that_are_so_already_are_not_written(self):
        self.leads[:2].source_id = self.web
        write_dates = self.leads[:2].mapped("write_date")
        preview = self._preview(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertEqual((preview.will_change, preview.unchanged), (4, 2))
        job = self._update(("source_id", "set", self.web.id))
        self.assertEqual((job.changed_count, job.unchanged_count), (4, 2))
        self.assertEqual(self.leads[:2].mapped("write_date"), write_dates)

    def test_empty_numbers_are_zero_already(self):
        self.leads[0].employee_count = 5
        job = self._update(("employee_count", "set", 0))
        self.assertEqual((job.changed_count, job.unchanged_count), (1, 5))
        self.assertEqual(self.leads[0].employee_count, 0)

    def test_preview_says_what_is_overwritten(self):
        self.leads[:2].source_id = self.call
        preview = self._preview(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertIn("Leads that have another value now: 2", preview.changes[0])
        self.assertEqual(self.leads[:2].source_id, self.call)

    def test_preview_writes_values_as_the_user_does(self):
        """A German read “1234.56” and “2026-12-24”."""
        self.env["res.lang"]._activate_lang("de_DE")
        changes = [
            {"field": "expected_revenue", "way": "set", "value": 1234.56},
            {"field": "date_deadline", "way": "set", "value": "2026-12-24"},
            {"field": "employee_count", "way": "set", "value": 12000},
            {"field": "zip", "way": "set", "value": "1000"},
        ]
        for lang, texts in (
            ("en_US", ("1,234.56", "12/24/2026", "12,000", "1000")),
            ("de_DE", ("1.234,56", "24.12.2026", "12.000", "1000")),
        ):
            update = self.env["crm.lead.bulk.operation.update"].with_context(lang=lang)
            lines = update._describe({"changes": changes})
            for line, text in zip(lines, texts, strict=True):
                self.assertIn(text, line)

    def test_only_fields_of_the_list_can_be_updated(self):
        for name in ("status_id", "user_id", "active", "write_uid", "nonsense"):
            with self.assertRaises(UserError):
                self._update((name, "set", 1))
        with self.assertRaisesRegex(UserError, "enter the value"):
            self._update(("source_id", "set", False))
        with self.assertRaisesRegex(UserError, "at least one field"):
            self._update()
        self.assertNotIn("status_id", self.env["crm.lead.bulk"].get_updatable_fields())

    def test_one_bad_lead_does_not_hold_up_the_others(self):
        bad = self.leads[3]
        update = type(self.env["crm.lead.bulk.operation.update"])
        apply = update._apply

        def refuse(operation, leads, values):
            apply(operation, leads, values)
            if bad.id in leads.ids:
                raise UserError("Not on a Monday")

        with patch.object(update, "_apply", refuse):
            job = self._update(("source_id", "set", self.web.id))
        self.assertEqual(job.changed_count, 5)
        self.assertEqual(job.failure_ids.lead_res_id, bad.id)
        self.assertEqual(job.failure_ids.reason, "Not on a Monday")
        self.assertFalse(bad.source_id)
        self.assertEqual((self.leads - bad).source_id, self.web)

    def test_mistakes_in_the_code_are_logged_and_listed(self):
        update = type(self.env["crm.lead.bulk.operation.update"])
        with (
            patch.object(update, "_apply", side_effect=KeyError("oops")),
            self.assertLogs(operation_module.__name__, "ERROR"),
        ):
            job = self._update(("source_id", "set", self.web.id), leads=self.leads[:1])
        self.assertIn("KeyError", job.failure_ids.reason)

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_listed(self):
        too_big = 2**40
        job = self._update(("employee_count", "set", too_big), leads=self.leads[:1])
        self.assertIn("database", job.failure_ids.reason)

    def test_deleted_values_are_refused(self):
        with self.assertRaisesRegex(UserError, "was deleted"):
            self._update(("source_id", "set", 2**30))

    # -- owner ---------------------------------------------------------------------

    def test_owner_changes_and_is_told_once(self):
        partner = self.user_sales_leads.partner_id
        before = self.env["mail.notification"].search(
            [("res_partner_id", "=", partner.id)]
        )
        job = self._start(
            self.user_sales_manager,
            "owner",
            {"user_id": self.user_sales_leads.id},
            self.leads,
        )
        self.assertEqual(self.leads.user_id, self.user_sales_leads)
        self.assertEqual(self.leads.status_id, self.status_assigned)
        self.assertEqual(job.changed_count, 6)
        notes = self.env["mail.notification"].search(
            [("res_partner_id", "=", partner.id), ("id", "not in", before.ids)]
        )
        self.assertEqual(len(notes), 1)
        self.assertIn("gave you: 6", notes.mail_message_id.body)

    def test_owner_can_be_taken_away(self):
        dialog = Form(
            self.env["crm.lead.bulk"].create(
                {
                    "operation": "owner",
                    "selection": [["id", "in", self.leads.ids]],
                }
            )
        )
        self.assertFalse(dialog.can_start)
        dialog.no_owner = True
        self.assertTrue(dialog.can_start)
        dialog.save().action_start()
        self.assertFalse(self.leads.user_id)

    def test_owner_must_be_an_active_employee(self):
        with self.assertRaisesRegex(UserError, "active employee"):
            self._start(
                self.user_sales_manager,
                "owner",
                {"user_id": self.env.ref("base.public_user").id},
                self.leads,
            )

    # -- status --------------------------------------------------------------------

    def test_status_moves_along_the_path_only(self):
        self.leads[0].status_id = self.status_recycled
        target = self.status_in_process
        self.status_recycled.next_status_ids = [Command.unlink(target.id)]
        self.status_new.next_status_ids = [Command.link(target.id)]
        values = {"status_id": target.id}
        preview = self._preview(self.user_sales_salesman, "status", values, self.leads)
        self.assertEqual(preview.refusals[0].count, 1)
        self.assertEqual(preview.refusals[0].names, [self.leads[0].display_name])
        self.assertIn("Recycled", preview.refusals[0].reason)
        job = self._start(self.user_sales_salesman, "status", values, self.leads)
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[0].id)
        self.assertIn("From there it can go to", job.failure_ids.reason)
        self.assertEqual(self.leads[1:].status_id, target)
        self.assertEqual(self.leads[0].status_id, self.status_recycled)

    def test_managers_make_every_move(self):
        self.status_assigned.next_status_ids = False
        values = {"status_id": self.status_in_process.id}
        job = self._start(self.user_sales_manager, "status", values, self.leads)
        self.assertEqual(job.changed_count, 6)

    def test_dead_takes_a_lost_reason(self):
        values = {"status_id": self.status_dead.id}
        with self.assertRaisesRegex(UserError, "lost reason"):
            self._start(self.user_sales_salesman, "status", values, self.leads)
        values["lost_reason_id"] = self.lost_reason.id
        job = self._start(self.user_sales_salesman, "status", values, self.leads)
        self.assertEqual(job.changed_count, 6)
        self.assertEqual(set(self.leads.mapped("won_status")), {"lost"})
        self.assertEqual(self.leads.lost_reason_id, self.lost_reason)

    def test_recycled_takes_a_day_and_a_reason(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        values = {"status_id": self.status_recycled.id}
        day = fields.Date.to_string(tomorrow)
        for given, said in (
            ({}, "a reason"),
            ({"recycle_date": day}, "a reason"),
            ({"recycle_date": day, "recycle_reason": "  "}, "a reason"),
            ({"recycle_reason": "Later"}, "a day"),
            (
                {"recycle_date": "2020-01-01", "recycle_reason": "Later"},
                "from tomorrow on",
            ),
        ):
            with self.subTest(given=given), self.assertRaisesRegex(UserError, said):
                self._start(
                    self.user_sales_manager, "status", {**values, **given}, self.leads
                )
        dialog = self._open(self.user_sales_manager, "status", self.leads)
        dialog.status_id = self.status_recycled
        self.assertFalse(dialog.can_start)
        leads = self.env["crm.lead"].with_user(self.user_sales_manager)
        self.assertEqual(dialog.recycle_date, leads._get_default_recycle_date())
        dialog.write({"recycle_date": tomorrow, "recycle_reason": "No budget"})
        self.assertTrue(dialog.can_start)
        self.assertIn("No budget", dialog.preview)
        dialog.action_start()
        self.assertEqual(self.leads.status_id, self.status_recycled)
        self.assertEqual(set(self.leads.mapped("recycle_date")), {tomorrow})
        self.assertEqual(set(self.leads.mapped("recycle_reason")), {"No budget"})

    def test_converted_leads_to_the_convert_wizard(self):
        dialog = self._open(self.user_sales_manager, "status", self.leads)
        dialog.status_id = self.status_converted
        self.assertFalse(dialog.can_start)
        self.assertIn("Convert", dialog.preview)
        action = dialog.action_convert()
        self.assertEqual(action["res_model"], "crm.lead2opportunity.partner.mass")
        self.assertEqual(sorted(action["context"]["active_ids"]), self.leads.ids)

    def test_opportunities_and_converted_leads_keep_their_status(self):
        self.leads[0].convert_lead()
        self.leads[1].type = "opportunity"
        values = {"status_id": self.status_in_process.id}
        job = self._start(self.user_sales_manager, "status", values, self.leads)
        self.assertEqual(job.failed_count, 2)
        with self.assertRaisesRegex(UserError, "Convert"):
            self._start(
                self.user_sales_manager,
                "status",
                {"status_id": self.status_converted.id},
                self.leads,
            )

    # -- convert, delete -----------------------------------------------------------

    def test_converts_what_can_be_converted(self):
        self.leads[0].convert_lead()
        job = self._start(
            self.user_sales_salesman, "convert", {"target": "account"}, self.leads
        )
        self.assertEqual(job.changed_count, 5)
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[0].id)
        self.assertEqual(self.leads.status_id, self.status_converted)
        self.assertEqual(len(self.leads.conversion_ids), 6)

    def test_only_those_who_may_delete_delete(self):
        with self.assertRaises(AccessError):
            self._start(self.user_sales_salesman, "delete", {}, self.leads)
        self.assertEqual(len(self.leads.exists()), 6)

    def test_deletes_all_but_converted_leads_and_says_what_is_lost(self):
        converted, kept = self.leads[0], self.leads[0].ids
        converted.convert_lead()
        self.leads[1].message_post(body="A note", message_type="comment")
        self.leads[2].activity_schedule("mail.mail_activity_data_call")
        preview = self._preview(self.user_sales_manager, "delete", {}, self.leads)
        self.assertEqual(preview.will_change, 5)
        self.assertEqual(preview.refusals[0].count, 1)
        self.assertIn("Deleted with them: 1 planned activities.", preview.changes)
        dialog = self._open(self.user_sales_manager, "delete", self.leads)
        self.assertIn("Leads to delete: 5 of 6", dialog.preview)
        job = self._start(self.user_sales_manager, "delete", {}, self.leads)
        self.assertEqual(job.changed_count, 5)
        self.assertIn("Leads deleted: 5 of 6", job._get_summary())
        self.assertEqual(self.leads.exists().ids, kept)

    # -- dialog --------------------------------------------------------------------

    def _open(self, user, operation, leads):
        action = (
            self.env["crm.lead"]
            .with_user(user)
            .with_context(active_ids=leads.ids)
            ._open_bulk_dialog(operation)
        )
        return self.env["crm.lead.bulk"].with_user(user).browse(action["res_id"])

    def test_what_is_no_selection_is_refused_in_words(self):
        for selection in (
            [["gone", "=", 1]],
            [["id", "frobs", 1]],
            "nonsense",
            [["partner_id", "any!", []]],
            ["|"],
            7,
        ):
            with self.subTest(selection=selection):
                dialog = (
                    self.env["crm.lead.bulk"]
                    .with_user(self.user_sales_manager)
                    .create({"operation": "delete", "selection": selection})
                )
                with self.assertRaisesRegex(UserError, "select them again"):
                    dialog.action_start()

    def test_dialog_escapes_names(self):
        self.leads[0].name = "<script>alert(1)</script>"
        self.leads[0].type = "opportunity"
        dialog = self._open(self.user_sales_salesman, "status", self.leads)
        dialog.write({"status_id": self.status_recycled.id, "recycle_reason": "Later"})
        self.assertIn("&lt;script&gt;", dialog.preview)
        self.assertNotIn("<script>", dialog.preview)

    def test_dialog_tells_the_result_or_shows_the_job(self):
        dialog = self._open(self.user_sales_salesman, "status", self.leads)
        dialog.write({"status_id": self.status_recycled.id, "recycle_reason": "Later"})
        self.status_new.next_status_ids = [Command.link(self.status_recycled.id)]
        action = dialog.action_start()
        self.assertIn("Leads changed: 6 of 6", action["params"]["message"])
        self.leads[0].type = "opportunity"
        dialog = self._open(self.user_sales_manager, "status", self.leads)
        dialog.status_id = self.status_in_process
        action = dialog.action_start()
        self.assertEqual(action["res_model"], "crm.lead.bulk.job")

    def test_mass_mail_by_the_native_composer_spares_the_blacklist(self):
        self.leads[0].email_from = "stop@acme.example"
        self.leads[1].email_from = "go@acme.example"
        self.env["mail.blacklist"].create({"email": "stop@acme.example"})
        action = self.env.ref("crm.action_lead_mass_mail")
        self.assertEqual(action.binding_model_id.model, "crm.lead")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.user_sales_salesman)
            .with_context(active_model="crm.lead", active_ids=self.leads[:2].ids)
            .create(
                {
                    "composition_mode": "mass_mail",
                    "model": "crm.lead",
                    "res_ids": str(self.leads[:2].ids),
                    "subject": "Spring",
                    "body": "<p>News</p>",
                }
            )
        )
        with self.mock_mail_gateway(mail_unlink_sent=False):
            action = composer.action_send_mail()
        self.assertIn("leads: 1", action["params"]["message"])
        states = {mail.res_id: mail.state for mail in self._new_mails.sudo()}
        self.assertEqual(states[self.leads[0].id], "cancel")
        self.assertEqual(states[self.leads[1].id], "sent")
        # Whoever was written to is being worked on; who was spared is not.
        self.assertEqual(self.leads[1].status_id, self.status_in_process)

    def test_export_template_names_fields_that_exist(self):
        template = self.env.ref("lead_management.ir_exports_crm_lead")
        names = template.export_fields.mapped("name")
        self.user_sales_salesman.group_ids += self.env.ref("base.group_allow_export")
        data = self.leads.with_user(self.user_sales_salesman).export_data(names)
        self.assertEqual(len(data["datas"]), 6)
        self.assertEqual(len(data["datas"][0]), len(names))

    # -- queue, rules, campaign ----------------------------------------------------
