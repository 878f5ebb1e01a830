from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.crm_lead_call_outcome import ACTIVITY_TYPES, NEXT_STEPS


class CrmLeadCallLog(models.TransientModel):
    """The dialog in which a call is logged: outcome, note, next step.

    Logging does what marking a call activity as done does: the chatter tells it, a new
    or assigned lead becomes In Process, and it counts as contact. An activity that was
    due is what is marked as done. The next step is an activity of whoever calls.
    """

    _name = "crm.lead.call.log"
    _description = "Log a Call"
    _inherit = ["lead.guard.mixin"]

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    phone = fields.Char(related="lead_id.phone")
    best_call_time = fields.Char(related="lead_id.best_call_time")
    is_not_to_be_called = fields.Boolean(compute="_compute_lead")
    last_call = fields.Char(compute="_compute_lead")
    outcome_id = fields.Many2one(
        "crm.lead.call.outcome", required=True, ondelete="cascade"
    )
    kind = fields.Selection(related="outcome_id.kind")
    note = fields.Text()
    next_step = fields.Selection(
        NEXT_STEPS,
        required=True,
        compute="_compute_next_step",
        store=True,
        readonly=False,
        precompute=True,
    )
    next_date = fields.Date(
        "On", compute="_compute_next_date", store=True, readonly=False, precompute=True
    )
    remove_phone = fields.Boolean(
        "Remove the number from the lead",
        compute="_compute_remove_phone",
        store=True,
        readonly=False,
        precompute=True,
        help="It stays in the list of calls",
    )

    @api.depends("lead_id")
    def _compute_lead(self):
        calls = self.env["crm.lead.call"]
        for wizard in self:
            # As superuser: whoever may read the lead may know it.
            lead = wizard.lead_id.sudo()
            wizard.is_not_to_be_called = lead.phone_sanitized_blacklisted
            last = calls.search([("lead_id", "in", lead._origin.ids)], limit=1)
            if not last:
                wizard.last_call = False
                continue
            day = fields.Datetime.context_timestamp(wizard, last.date)
            wizard.last_call = self.env._(
                "%(outcome)s, %(day)s",
                outcome=last.outcome_id.name,
                day=format_date(self.env, day.date()),
            )

    @api.depends("outcome_id")
    def _compute_next_step(self):
        for wizard in self:
            wizard.next_step = wizard.outcome_id.next_step or "none"

    @api.depends("outcome_id", "next_step")
    def _compute_next_date(self):
        for wizard in self:
            outcome = wizard.outcome_id
            if not outcome or wizard.next_step in (False, "none"):
                wizard.next_date = False
            elif wizard.next_step == outcome.next_step or not wizard.next_date:
                is_proposed = wizard.next_step == outcome.next_step
                days = outcome.next_days if is_proposed else 1
                wizard.next_date = wizard._get_working_day(days)

    @api.depends("outcome_id", "lead_id")
    def _compute_remove_phone(self):
        for wizard in self:
            wizard.remove_phone = bool(
                wizard.kind == "wrong_number" and wizard.lead_id.phone
            )

    def _get_action(self, lead, **context):
        """Return the action that opens the dialog for a lead."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a call"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lead_id": lead.id, **context},
        }

    def _get_working_day(self, days):
        """Return the day of the user that is some working days of the company away."""
        today = fields.Date.context_today(self)
        day = today + timedelta(days)
        calendar = self.env.company.resource_calendar_id
        if not days or not calendar:
            return day
        tomorrow = datetime.combine(today + timedelta(1), time())
        zone = pytz.timezone(calendar.tz or "UTC")
        planned = calendar.sudo().plan_days(days, zone.localize(tomorrow), True)
        return planned.astimezone(zone).date() if planned else day

    # ------------------------------------------------------------
    # LOGGING
    # ------------------------------------------------------------

    def action_log(self):
        """Log the call.

        :return: the action that says so, with Undo
        :raise UserError: the next step has no day
        """
        return self._log()._get_notice()

    def _log(self):
        """Log the call, and return it."""
        self.ensure_one()
        lead = self.lead_id
        lead.check_access("write")
        self._check_next_step()
        phone, before = lead.phone, self._get_state()
        effects = {"before": before, **self._finish_activity()}
        if self.remove_phone and phone:
            lead.phone = False
            effects["is_phone_removed"] = True
        effects["next_activity_ids"] += self._plan_next_step().ids
        effects["after"] = {"status_id": lead.status_id.id}
        # People read calls, and add them here only.
        call = self.env["crm.lead.call"].sudo()
        return call.create(
            {
                "lead_id": lead.id,
                "user_id": self.env.uid,
                "date": self.env.cr.now(),
                "outcome_id": self.outcome_id.id,
                "phone": phone,
                "note": self.note,
                "next_step": self.next_step,
                "next_date": self.next_date,
                "effects": effects,
            }
        ).with_env(self.env)

    def _check_next_step(self):
        has_step = self.next_step != "none"
        if has_step and not self.next_date:
            raise UserError(self.env._("Choose the day of the next step."))
        if has_step and self.next_date < fields.Date.context_today(self):
            raise UserError(
                self.env._("The next step is in the past: choose today or a later day.")
            )
        if self.kind == "call_back" and not has_step:
            raise UserError(
                self.env._("“%s” asks for a day: choose when.", self.outcome_id.name)
            )

    def _get_state(self):
        """Return what the call may change on the lead, for taking it back."""
        lead = self.lead_id.sudo()
        return {
            "status_id": lead.status_id.id,
            "date_status_update": fields.Datetime.to_string(lead.date_status_update),
            "status_seconds": lead.status_seconds,
            "date_last_touch": fields.Datetime.to_string(lead.date_last_touch),
            "neglect_level": lead.neglect_level,
        }

    def _finish_activity(self):
        """Mark the call that was due as done, or one that is made for it; return what
        that did, as `effects` of the call."""
        activity = self._get_due_activity()
        was_due = bool(activity)
        if not activity:
            activity = self.lead_id.with_context(
                mail_activity_quick_update=True
            ).activity_schedule(
                ACTIVITY_TYPES["call"],
                fields.Date.context_today(self),
                automated=False,
                user_id=self.env.uid,
            )
        feedback = "\n".join(filter(None, (self.outcome_id.name, self.note)))
        messages, planned = activity._action_done(feedback=feedback)
        return {
            "activity_id": activity.ids,
            "was_due": was_due,
            "message_ids": messages.ids,
            "next_activity_ids": planned.ids,
        }

    def _get_due_activity(self):
        """Return the call activity that is due: the user's, or else nobody's."""
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "=", self.lead_id.id),
                ("activity_type_id.category", "=", "phonecall"),
                ("user_id", "in", [self.env.uid, False]),
                ("date_deadline", "<=", fields.Date.context_today(self)),
            ],
            order="date_deadline, id",
        )
        return activities.filtered("user_id")[:1] or activities[:1]

    def _plan_next_step(self):
        """Plan the next step, and return its activity."""
        if self.next_step == "none":
            return self.env["mail.activity"]
        activity_type = self.env.ref(
            ACTIVITY_TYPES[self.next_step], raise_if_not_found=False
        )
        values = {}
        if activity_type:
            values["activity_type_id"] = activity_type.id
        else:
            steps = dict(self._fields["next_step"]._description_selection(self.env))
            values["summary"] = steps[self.next_step]
        return self.lead_id.with_context(
            mail_activity_quick_update=True
        ).activity_schedule(
            date_deadline=self.next_date,
            automated=False,
            user_id=self.env.uid,
            **values,
        )
