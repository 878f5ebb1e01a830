from odoo import models
from odoo.fields import Domain

from ..crm_lead_plan_run.stop import TICKED

CLOSING = ("converted", "dead", "recycled")


class CrmLead(models.Model):
    """What happens to leads ends their plans, or changes them."""

    _inherit = "crm.lead"

    def _stop_plans(self, reason):
        """Stop the plans of leads that something has happened to.

        :param str reason: one of the reasons of `crm.lead.plan.run`; what the plan has
            a tick for ends only those with the tick
        """
        running = self.env["crm.lead.plan.run"]._get_running(self)
        if reason in TICKED:
            running = running.filtered(lambda run: run.plan_id[f"stop_on_{reason}"])
        running._stop(reason)

    def message_update(self, msg_dict, update_vals=None):
        result = super().message_update(msg_dict, update_vals)
        running = self.env["crm.lead.plan.run"]._get_running(self)
        if running and self._is_written_by_person(msg_dict):
            self._stop_plans("reply")
        return result

    def action_set_lost(self, **additional_values):
        # Before, as native archives leads first, and says afterwards that they are lost
        self._stop_plans("dead")
        return super().action_set_lost(**additional_values)

    def _write_status(self, status, because=None):
        # Before, as a plan that begins with the status is not meant.
        if status.category in CLOSING:
            self._stop_plans(status.category)
        undone = self.filtered(lambda lead: lead.status_id.category == "converted")
        result = super()._write_status(status, because)
        if undone and status.category not in CLOSING:
            undone._go_on_with_plans("converted")
        return result

    def _become_archived(self, plans):
        # Before what is planned goes to the account; whatever the plan says, as the
        # lead is archived
        leads = self.browse([plan.lead.id for plan in plans])
        self.env["crm.lead.plan.run"]._get_running(leads)._stop("converted")
        return super()._become_archived(plans)

    def _go_on_with_plans(self, *reasons, since=None):
        """Let the last plan of each lead go on, if it stopped for one of the
        reasons."""
        runs = self.env["crm.lead.plan.run"].sudo()
        if not runs._has_runs():
            return
        domain = Domain("lead_id", "in", self.ids)
        last = runs._read_group(domain, ["lead_id"], ["id:max"])
        runs.browse(run_id for _lead, run_id in last).filtered(
            lambda run: (
                run.stop_reason in reasons and (not since or run.date_end >= since)
            )
        )._go_on()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self._stop_plans("archived")
        if vals.get("company_id"):
            running = self.env["crm.lead.plan.run"]._get_running(self)
            running.filtered(
                lambda run: not run.lead_id._can_have_plan(run.plan_id)
            )._stop("company")
        return result

    def _follow_owner(self, before):
        result = super()._follow_owner(before)
        running = self.env["crm.lead.plan.run"]._get_running(self)
        nobody = self.env["res.users"]
        # What somebody gave to a colleague stays there.
        owned = running.step_ids.filtered(
            lambda step: (
                step.state == "open"
                and not step.user_id
                and step.activity_id.user_id in (before[step.lead_id], nobody)
            )
        )
        for owner, steps in owned.grouped(lambda step: step.lead_id.user_id).items():
            activities = steps.activity_id.with_context(mail_activity_quick_update=True)
            activities.write({"user_id": owner.id})
        return result

    def _merge_dependences(self, opportunities):
        runs = self.env["crm.lead.plan.run"].sudo()
        if runs._has_runs():
            merged = self | opportunities
            if "opportunity" in merged.mapped("type"):
                # One that is left as it was has no new status.
                merged._stop_plans("converted")
            running = runs._get_running(opportunities)
            kept = runs._get_running(self) or running[:1]
            (running - kept)._stop("merged")
            runs.search([("lead_id", "in", opportunities.ids)]).lead_id = self
        return super()._merge_dependences(opportunities)
