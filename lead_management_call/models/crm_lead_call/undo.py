from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.crm_lead.unread import SAME_MOMENT
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notice

UNDO_MINUTES = 10


class CrmLeadCall(models.Model):
    """Taking back a call that was logged just now.

    Everything goes that came with it, unless somebody has gone on from there: the
    message, the next step, the status, the number that was removed, and that the lead
    was touched. The activity that was due is due again.
    """

    _inherit = "crm.lead.call"

    def action_undo(self):
        """Take back calls that the user has logged within the last minutes.

        :return: the action that says so and reads the page anew
        :raise UserError: somebody else logged one, or it is too long ago
        """
        self.check_access("read")
        for call in self:
            if refusal := call._get_undo_refusal():
                raise UserError(refusal)
        names = self.lead_id.mapped("display_name")
        for call in self.sudo():
            call._undo_activities()
            call._undo_lead()
        self.sudo().unlink()
        return get_notice(
            self.env._("The call with “%s” is taken back.", names[0])
            if len(names) == 1
            else self.env._("The calls are taken back."),
            next_action=RELOAD,
        )

    def action_undo_in_turn(self):
        """Take back a call, while the dialog for the next lead is open and stays so.

        :return: the action that says so
        """
        action = self.action_undo()
        action["params"]["next"] = False
        return action

    def _get_undo_refusal(self):
        """Return why the current user can't take the call back, or nothing."""
        if self.user_id != self.env.user:
            return self.env._(
                "Only who logged the call with “%s” can take it back.",
                self.lead_id.display_name,
            )
        if fields.Datetime.now() - self.create_date > timedelta(minutes=UNDO_MINUTES):
            return self.env._(
                "The call with “%(lead)s” was logged more than %(minutes)s minutes ago"
                " and stays. Log another one, or write a note.",
                lead=self.lead_id.display_name,
                minutes=UNDO_MINUTES,
            )
        return None

    def _undo_activities(self):
        effects = self.effects or {}
        activities = self.env["mail.activity"].with_context(active_test=False)
        planned = activities.browse(effects.get("next_activity_ids", ())).exists()
        planned.filtered("active").unlink()
        done = activities.browse(effects.get("activity_id", ())).exists()
        messages = self.env["mail.message"].browse(effects.get("message_ids", ()))
        messages = messages.exists()
        if not effects.get("was_due"):
            done.unlink()
        elif done:
            done.write({"active": True, "feedback": False})
            # Files of the activity went to the message, and would go with it.
            files = messages.attachment_ids
            files.filtered(lambda file: file.res_model == messages._name).write(
                {"res_model": done._name, "res_id": done.id}
            )
        messages.unlink()

    def _undo_lead(self):
        """Put back what the call changed on the lead and is so still."""
        effects, lead = self.effects or {}, self.lead_id
        before, after = effects.get("before", {}), effects.get("after", {})
        statuses = self.env["crm.lead.status"]
        status = statuses.browse(before.get("status_id") or ()).exists()
        values = {}
        if status and status.id != lead.status_id.id == after.get("status_id"):
            lead._write_status(status)
            # It has had the status for as long as if there had been no call.
            names = before.keys() & {"date_status_update", "status_seconds"}
            values = {name: before[name] for name in names}
        if effects.get("is_phone_removed") and not lead.phone:
            values["phone"] = self.phone
        touched = lead.date_last_touch
        if touched and abs(touched - self.date) < SAME_MOMENT:
            values["date_last_touch"] = before.get("date_last_touch")
            values["neglect_level"] = before.get("neglect_level", 0)
        if values:
            lead.write(values)
        lead._take_back_touch(self.date)
