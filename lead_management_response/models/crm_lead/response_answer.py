from collections import defaultdict
from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models

from ..crm_lead_response_policy import LEADER, REMIND
from .response_steps import ANSWER, NOT_ANSWERED

# The context key under which an activity that asks for an answer is being done
IS_BEING_DONE = "lead_answer_is_being_done"
# The time of an answer is that of the clock, others are that of the transaction.
SAME_TIME = timedelta(seconds=10)


class CrmLead(models.Model):
    """A lead is answered when somebody first writes to the person, calls or meets them.

    Also a call that reached nobody is an answer: it was tried. An activity of another
    kind that was done is work on the lead, and none.
    """

    _inherit = "crm.lead"

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self._is_response(message):
            self._answer()
        return result

    def _message_mail_after_hook(self, mails):
        result = super()._message_mail_after_hook(mails)
        if "mailing_id" not in mails._fields or not mails.mailing_id:
            self._answer()
        return result

    def log_meeting(self, meeting):
        result = super().log_meeting(meeting)
        # Whom one has invited has heard of one.
        if any(partner.partner_share for partner in meeting.partner_ids):
            self._answer()
        return result

    def _is_response(self, message):
        """Tell whether a message on the lead answers it: somebody has written it to the
        person, or it says that a call or a meeting was had."""
        if kind := message.mail_activity_type_id:
            return kind.category in ("phonecall", "meeting") or kind in (
                self._get_activity_types_of_answers()
            )
        # Its id is in memory, where the record would be looked for with each message.
        robot_id = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        is_by_robot = message.author_id and message.author_id.id == robot_id
        return self._is_message_to_contact(message) and not is_by_robot

    def _get_activity_types_of_answers(self):
        """Return which activities answer a lead beside calls and meetings."""
        return self._get_known_types([ANSWER, "mail.mail_activity_data_email"])

    def _get_known_types(self, names=(ANSWER, NOT_ANSWERED)):
        """Return activity types by their XML ids, those that nobody has deleted."""
        types = self.env["mail.activity.type"]
        for name in names:
            types |= self.env.ref(name, raise_if_not_found=False) or types
        return types

    def _answer(self):
        """Note that somebody has answered leads that nobody had answered."""
        unanswered = self.sudo().filtered(
            lambda lead: lead.type == "lead" and not lead.response_answered
        )
        if not unanswered:
            return
        now = fields.Datetime.now()
        changes = defaultdict(self.sudo().browse)
        for lead, used in unanswered._get_minutes_used(now).items():
            policy = lead.response_policy_id
            state = "none"
            if policy and lead.response_state != "none":
                state = "in_time" if used <= policy.minutes else "too_late"
            is_robot = self.env.uid == SUPERUSER_ID
            user = lead.user_id if is_robot else self.env.user
            changes[state, int(used), user.id] += lead
        timed = unanswered.filtered("response_due")
        for (state, minutes, user_id), leads in changes.items():
            leads._as_system().write(
                {
                    "response_state": state,
                    "response_answered": now,
                    "response_minutes": minutes,
                    "response_user_id": user_id,
                    "response_due": False,
                    "response_next": False,
                }
            )
        timed._note_response_end("ended")
        unanswered.filtered("response_done")._forget_reminders()

    def _take_back_touch(self, moment):
        result = super()._take_back_touch(moment)
        known = self.sudo()
        answered = known.filtered(
            lambda lead: (
                lead.response_answered
                and abs(lead.response_answered - moment) < SAME_TIME
            )
        )
        answered.write(
            {
                "response_state": "none",
                "response_answered": False,
                "response_minutes": 0,
                "response_user_id": False,
            }
        )
        for done, leads in answered.grouped("response_done").items():
            # The reminders went with the answer: they come once more.
            steps = [s for s in (done or "").split() if s not in (REMIND, LEADER)]
            leads.write({"response_done": " ".join(steps)})
        if answered and self._has_response_policies():
            answered._schedule_response()
        return result

    def _forget_reminders(self, names=(ANSWER, NOT_ANSWERED)):
        """Take off the activities that ask for an answer."""
        types = self._get_known_types(names)
        if not types or self.env.context.get(IS_BEING_DONE):
            return
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "in", types.ids),
            ]
        ).unlink()

    def _merge_dependences(self, opportunities):
        """Keep the first answer that any of the merged leads got."""
        result = super()._merge_dependences(opportunities)
        known = self.sudo()
        merged = known | opportunities.sudo()
        answered = merged.filtered("response_answered")
        first = answered.sorted("response_answered")[:1]
        if first and first != known:
            names = (
                *("response_answered", "response_minutes", "response_user_id"),
                *("response_state", "response_policy_id"),
            )
            values = {
                name: first._fields[name].convert_to_write(first[name], first)
                for name in names
            }
            values.update(response_due=False, response_next=False)
            known._as_system().write(values)
        if first and any(lead.response_done for lead in merged):
            known._forget_reminders()
        return result
