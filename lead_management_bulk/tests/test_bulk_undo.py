from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..models.crm_lead_bulk import job_start as job_module
from .test_bulk_job import TestBulkCommon, in_batches_of


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkUndo(TestBulkCommon):
    """Undo gives leads back what they had, where nobody has changed it since."""

    NAMES = ("source_id", "city", "tag_ids", "date_deadline", "user_id", "team_id")
    NAMES += ("status_id", "active", "lost_reason_id", "recycle_date", "recycle_reason")

    def _look(self, leads=None):
        self.env.invalidate_all()
        leads = self.leads if leads is None else leads
        return leads._get_bulk_states((*self.NAMES, "date_status_update"))

    def _start_by_button(self, operation, values, leads=None):
        """Start a job as the current user does; return it, and the button of Undo."""
        leads = self.leads if leads is None else leads
        job = self._start(self.env.user, operation, values, leads)
        action = job._get_action_after()
        [undo] = action["params"]["buttons"]
        self.assertEqual(undo["ids"], job.ids)
        return job, undo

    def _press(self, undo):
        return getattr(self.env[undo["model"]].browse(undo["ids"]), undo["method"])()

    @users("user_sales_salesman")
    def test_update_is_undone(self):
        tags = self.env["crm.tag"].sudo().create([{"name": name} for name in "ab"])
        self.leads[0].write({"city": "Paris", "tag_ids": tags[0].ids})
        self.leads[1].date_deadline = "2030-01-31"
        before = self._look()
        changes = (
            ("source_id", "set", self.web.id),
            ("city", "clear", False),
            ("tag_ids", "add", tags.ids),
            ("date_deadline", "set", "2031-01-31"),
        )
        names = ("field", "way", "value")
        values = {"changes": [dict(zip(names, one, strict=True)) for one in changes]}
        job, undo = self._start_by_button("update", values)
        self.assertNotEqual(self._look(), before)
        action = self._press(undo)
        self.assertIn("6 of 6", action["params"]["message"])
        self.assertFalse(action["params"]["buttons"])
        self.assertEqual(self._look(), before)
        with self.assertRaisesRegex(UserError, "can't be undone"):
            job.action_undo()

    @users("user_sales_manager")
    def test_owner_is_undone_with_team_and_status(self):
        self.leads[0].sudo().user_id = False
        before = self._look()
        self.assertEqual(self.leads[0].status_id, self.status_new)
        _job, undo = self._start_by_button("owner", {"user_id": self.env.uid})
        self.assertEqual(self.leads.user_id, self.env.user)
        self.assertEqual(self.leads[0].status_id, self.status_assigned)
        self._press(undo)
        self.assertEqual(self._look(), before)

    @users("user_sales_salesman")
    def test_status_is_undone_though_it_is_no_move_of_the_users(self):
        before = self._look()
        reason = self.env["crm.lost.reason"].search([], limit=1)
        tomorrow = fields.Date.context_today(self.env.user) + timedelta(days=1)
        recycle = {"recycle_date": str(tomorrow), "recycle_reason": "No budget"}
        self._start(
            self.env.user,
            "status",
            {"status_id": self.status_in_process.id},
            self.leads,
        )
        begun = self._look()
        for status, more in (
            (self.status_dead, {"lost_reason_id": reason.id}),
            (self.status_recycled, recycle),
        ):
            values = {"status_id": status.id, **more}
            _job, undo = self._start_by_button("status", values)
            self.assertEqual(self.leads.status_id, status)
            self._press(undo)
            self.assertEqual(self._look(), begun)
        self.assertNotEqual(before, begun)

    @users("user_sales_manager")
    def test_status_that_an_owner_would_move_is_put_back(self):
        self.leads[0].status_id = self.status_new  # though it has an owner
        self.leads[1].write({"status_id": self.status_recycled.id})
        before = self._look()
        self.assertEqual(self.leads[0].user_id, self.user_sales_salesman)
        for operation, values in (
            ("owner", {"user_id": self.env.uid}),
            ("status", {"status_id": self.status_in_process.id}),
        ):
            _job, undo = self._start_by_button(operation, values)
            self.assertNotEqual(self._look(), before)
            self._press(undo)
            self.assertEqual(self._look(), before)

    @users("user_sales_salesman")
    def test_stars_follow_the_rules_again(self):
        self.env["crm.lead.star.rule"].sudo().search([]).active = False
        self.leads[0].stars = "2"
        self.leads[1].stars = "1"
        values = {"changes": [{"field": "stars", "way": "set", "value": "5"}]}
        _job, undo = self._start_by_button("update", values)
        self.leads[1].stars = "3"
        self.assertTrue(all(self.leads.mapped("stars_manual")))
        self._press(undo)
        self.env.invalidate_all()
        self.assertEqual(self.leads.mapped("stars"), ["2", "3", *4 * "0"])
        self.assertEqual(self.leads.mapped("stars_manual"), [True, True, *4 * [False]])

    @users("user_sales_salesman")
    def test_no_dialog_undoes(self):
        dialogs = self.env["crm.lead.bulk"]
        selection = [["id", "in", self.leads.ids]]
        dialog = dialogs.create({"operation": "undo", "selection": selection})
        self.assertFalse(dialog.can_start)
        with self.assertRaises(UserError):
            dialog.action_start()

    @users("user_sales_salesman")
    def test_leads_that_had_the_same_are_written_at_once(self):
        now, counts = fields.Datetime.now(), []
        for number, lead in enumerate(self.leads):
            lead._as_system().date_status_update = now - timedelta(number)
        for leads in (self.leads[:2], self.leads):
            values = {"status_id": self.status_in_process.id}
            _job, undo = self._start_by_button("status", values, leads)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._press(undo)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12)

    @users("user_sales_salesman")
    def test_what_has_changed_since_stays_and_is_told(self):
        self.leads.city = "Paris"
        values = self._set_source(self.web)
        values["changes"].append({"field": "city", "way": "set", "value": "Rome"})
        job, undo = self._start_by_button("update", values)
        self.leads[0].source_id = self.call
        self.leads[1].unlink()
        leads = self.leads[2:]
        action = self._press(undo)
        self.assertEqual(action["res_model"], job._name)
        undone = job.undo_ids
        reasons = dict(
            undone.failure_ids.mapped(lambda fail: (fail.lead_res_id, fail.reason))
        )
        self.assertIn("Source", reasons[self.leads[0].id])
        self.assertNotIn("City", reasons[self.leads[0].id])
        self.assertEqual(undone.changed_count, 4)
        self.assertRecordValues(
            self.leads[0], [{"source_id": self.call.id, "city": "Paris"}]
        )
        self.assertFalse(leads.source_id)
        self.assertEqual(set(leads.mapped("city")), {"Paris"})

    @users("user_sales_salesman")
    def test_undo_takes_the_rights_of_whoever_undoes(self):
        job, undo = self._start_by_button("update", self._set_source(self.web))
        self.leads[0].sudo().user_id = self.user_sales_manager
        with self.assertRaisesRegex(UserError, "only who started it"):
            job.with_user(self.user_sales_manager).action_undo()
        self._press(undo)
        self.assertEqual(self.leads[0].sudo().source_id, self.web)
        self.assertFalse(self.leads[1:].source_id)

    @users("user_sales_salesman")
    def test_undo_is_offered_for_a_day_and_for_what_can_be_undone(self):
        job, _undo = self._start_by_button("update", self._set_source(self.web))
        self.assertTrue(job.can_undo)
        job.sudo().date_end = fields.Datetime.now() - timedelta(hours=25)
        self.assertFalse(job.can_undo)
        again = self._start(self.env.user, *self._again())
        self.assertFalse(again.can_undo)  # nothing has changed

    def _again(self):
        return "update", self._set_source(self.web), self.leads

    @users("user_sales_salesman")
    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_many_leads_are_undone_in_the_background(self):
        before = self._look()
        job = self._start(
            self.env.user, "update", self._set_source(self.web), self.leads
        )
        self._work()
        self.assertTrue(job.can_undo)
        action = job.action_undo()
        self.assertEqual(action["res_id"], job.undo_ids.id)
        self._work()
        self.assertEqual(self._look(), before)
