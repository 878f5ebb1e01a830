from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

STATES = [
    ("waiting", "To come"),
    ("open", "To do"),
    ("done", "Done"),
    ("skipped", "Skipped"),
    ("stopped", "Stopped"),
    ("left", "Not started"),
]
WEEK = timedelta(days=7)


class CrmLeadPlanStep(models.Model):
    """A step of a plan on a lead, as the plan had it when it started."""

    _name = "crm.lead.plan.step"
    _inherit = ["lead.access.mixin"]
    _description = "Step of a Plan on a Lead"
    _order = "run_id desc, number, id"
    _access_fields = {"run_id": "write"}

    run_id = fields.Many2one(
        "crm.lead.plan.run",
        "Plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    lead_id = fields.Many2one(related="run_id.lead_id")
    number = fields.Integer(readonly=True, aggregator=None)
    name = fields.Char("Summary", readonly=True)
    note = fields.Html(readonly=True)
    template_id = fields.Many2one(
        "mail.activity.plan.template",
        "Step of the Plan",
        readonly=True,
        index="btree_not_null",
    )
    activity_type_id = fields.Many2one("mail.activity.type", readonly=True)
    mail_template_id = fields.Many2one("mail.template", "Email", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Assigned to",
        readonly=True,
        help="Empty for whoever owns the lead",
    )
    state = fields.Selection(
        STATES,
        default="waiting",
        required=True,
        readonly=True,
    )
    skip_reason = fields.Selection(
        [
            ("no_address", "No email address"),
            ("blacklist", "On the blacklist"),
            ("no_template", "The email template was deleted"),
            ("failed", "The email can't be made"),
            ("deleted", "The activity was deleted"),
        ],
        "Skipped Because",
        readonly=True,
    )
    detail = fields.Char(readonly=True, help="Why the email can't be made")
    date_due = fields.Datetime("Due", readonly=True)
    # The one that is due where the work is done, which may be another elsewhere
    day = fields.Date(readonly=True)
    gap_days = fields.Integer(
        "Working Days After the Previous Step", readonly=True, aggregator=None
    )
    date_end = fields.Datetime("Done On", readonly=True)
    is_mail = fields.Boolean("By Email", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null"
    )

    @api.depends("name", "activity_type_id", "mail_template_id")
    def _compute_display_name(self):
        # As superuser: whoever reads the lead may know what is planned.
        for step in self.sudo():
            step.display_name = (
                step.name or step.mail_template_id.name or step.activity_type_id.name
            )

    def _get_told_day(self):
        """Return when the step is due: within a week, the day of the week."""
        activity = self.sudo().activity_id
        day = (self.state == "open" and activity.date_deadline) or self.day
        today = fields.Date.context_today(self)
        is_soon = today <= day < today + WEEK
        return format_date(self.env, day, date_format="EEEE" if is_soon else False)

    def _postpone(self, before, working):
        """Keep the working days after the step before, if that came late."""
        if before:
            moment = working.add_days(before, self.gap_days)
            if moment and moment > self.date_due:
                self.write({"date_due": moment, "day": working.get_day(moment)})

    # ------------------------------------------------------------
    # TAKING THEM
    # ------------------------------------------------------------

    def _plan_activities(self):
        """Create the activities of steps that are due, without an email for each."""
        if not self:
            return
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        created = activities.create([step._prepare_activity() for step in self])
        for step, activity in zip(self, created, strict=True):
            step.write({"state": "open", "activity_id": activity.id})

    def _prepare_activity(self):
        lead, user = self.run_id.lead_id, self.user_id
        if not lead._can_own(user, lead.company_id):
            user = lead.user_id if lead._has_owner() else user.browse()
        return {
            "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
            "res_id": lead.id,
            "activity_type_id": self.activity_type_id.id,
            "summary": self.name,
            "note": self.note,
            "user_id": user.id,
            "date_deadline": self.day,
        }

    def _end(self, state, skip_reason=False, detail=False):
        """Note that steps are behind."""
        if self:
            self.write(
                {
                    "state": state,
                    "skip_reason": skip_reason,
                    "detail": detail,
                    "date_end": fields.Datetime.now(),
                }
            )

    def _go_on_without_activity(self):
        """Skip steps whose activity was deleted, and go on with their plans."""
        self._end("skipped", "deleted")
        self.run_id._go_ahead()

    def _open_again(self, activity_ids):
        """Let steps be to do again whose activity is, as it was not done after all."""
        activities = self.env["mail.activity"].browse(activity_ids).exists()
        steps = self.sudo().search([("activity_id", "in", activities.ids)])
        again = steps.filtered(
            lambda step: step.activity_id.active and step.state == "done"
        )
        again.write({"state": "open", "date_end": False})
        again.run_id.filtered(lambda run: run.state == "done")._go_on()
        for later in again.run_id.step_ids.filtered(
            lambda step: step.state == "open" and step not in again
        ):
            later.write({"state": "waiting"})
            later.activity_id.unlink()
        again.run_id._schedule_next()
