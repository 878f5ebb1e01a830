from collections import defaultdict, namedtuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import request

from ..lead_decision_mixin import Decision, Kind

# Which status survives a merge: the one furthest on its way.
MERGE_ORDER = ("dead", "new", "recycled", "assigned", "in_process", "converted")
# What a door must change to move the status.
DOOR_FIELDS = {"active", "probability", "stage_id", "type", "user_id"}

DoorState = namedtuple("DoorState", "type user won_status")


class CrmLead(models.Model):
    """The status follows what native doors do, and what happens to leads."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        initially = DoorState("lead", None, "pending")
        leads.filtered(
            lambda lead: lead.type == "lead" and lead.won_status != "pending"
        )._follow_doors(defaultdict(lambda: initially))
        leads._apply_initial_status()
        return leads

    def write(self, vals):
        if self._is_status_written() or not vals.keys() & DOOR_FIELDS:
            return super().write(vals)
        before = {lead: lead._get_door_state() for lead in self}
        result = super().write(vals)
        self._check_not_won(before)
        self._follow_doors(before)
        return result

    def action_set_lost(self, **additional_values):
        """Lose leads and opportunities, the native way.

        :raise UserError: a lead has become an account, and would be an open lead
            besides it when it is restored
        """
        self._check_not_closed()
        return super().action_set_lost(**additional_values)

    def web_save(self, *args, **kwargs):
        leads = self.with_context(lead_saved_by_client=True)
        return super(CrmLead, leads).web_save(*args, **kwargs)

    def web_save_multi(self, *args, **kwargs):
        leads = self.with_context(lead_saved_by_client=True)
        return super(CrmLead, leads).web_save_multi(*args, **kwargs)

    def _check_not_won(self, before):
        """Refuse to let a client win leads: what is won is an opportunity, which a lead
        becomes when it is converted. Odoo's own code may win one, and a conversion that
        comes later makes it whole."""
        if self.env.su or not (request or self.env.context.get("lead_saved_by_client")):
            return
        for lead in self:
            if (
                lead.type == "lead"
                and lead.won_status == "won"
                and before[lead].won_status != "won"
            ):
                raise lead._get_way_to_convert(
                    self.env._(
                        "“%(lead)s” is a lead: convert it to an opportunity, which can"
                        " be won.",
                        lead=lead.display_name,
                    )
                )

    def _apply_initial_status(self):
        """Bring new leads that were given a closed status in line with it."""
        by_category = self.filtered(lambda lead: lead.type == "lead").grouped(
            "status_category"
        )
        if dead := by_category.get("dead"):
            dead.filtered(lambda lead: lead.won_status != "lost").action_set_lost()
        if (converted := by_category.get("converted")) and not self.env.su:
            # Those that were created as won are among them.
            for lead in converted:
                raise UserError(
                    self.env._(
                        "“%(lead)s” can't be created as %(status)s: leave its status"
                        " empty and convert it once it is there.",
                        lead=lead.display_name,
                        status=lead.status_id.name,
                    )
                )

    def _get_door_state(self):
        return DoorState(self.type, self.user_id, self.won_status)

    def _follow_doors(self, before):
        """Move the status of leads after native code has changed them.

        :param dict before: the `DoorState` of each lead before the change
        """
        # Who gives a lead away may be unable to see it any more.
        known = self.sudo()
        moves = defaultdict(known.browse)
        dead_by_status = defaultdict(known.browse)
        for lead in known:
            status = lead._get_status_after_door(before[lead])
            if status and status != lead.status_id:
                moves[status, lead._get_door(before[lead])] |= lead
            elif (
                lead.status_category == "dead"
                and lead.user_id != before[lead].user
                and (status := lead._get_status_of_owner(lead.status_before_id))
            ):
                # Restored, it will be its new owner's.
                dead_by_status[status] |= lead
        for (status, door), leads in moves.items():
            leads._write_status(status, Decision(door))
        for status, leads in dead_by_status.items():
            leads.status_before_id = status

    def _get_status_after_door(self, before):
        """Return the status that a native change calls for; see the class docstring.

        :param DoorState before: the lead before the change
        :return: a `crm.lead.status`, empty when the status stays as it is
        """
        statuses = self.env["crm.lead.status"]
        if self.type == "opportunity":
            if before.type != "lead":
                return statuses
            return statuses._get_of_category("converted")
        if self.won_status != before.won_status or self.type != before.type:
            if self.won_status == "lost":
                return statuses._get_of_category("dead")
            if self.won_status == "won" or self._filtered_closed_by_conversion():
                return statuses._get_of_category("converted")
            return self._get_status_before()
        if self.user_id != before.user:
            return self._get_status_of_owner(self.status_id)
        return statuses

    def _get_door(self, before):
        """Return what a native change was, as a code of a `Decision`."""
        # Asked first: whether it is won is computed, from its probability.
        if self.type == "opportunity":
            return "converted"
        if self.won_status != before.won_status and self.won_status != "pending":
            return self.won_status
        if self.type != before.type:
            return "lead"
        if self.won_status != before.won_status:
            return "restored"
        return "owner"

    def _get_status_of_owner(self, status):
        """Return the status that another owner makes of one; empty if it stays."""
        statuses = self.env["crm.lead.status"]
        if status.category == "new" and self.user_id:
            return statuses._get_of_category("assigned")
        if status.category == "assigned" and not self.user_id:
            return statuses._get_of_category("new")
        return statuses

    def _mail_track(self, tracked_fields, initial_values):
        # Where the status follows something that the chatter tells anyway, it is not
        # told a second time.
        if any(
            name in initial_values and self[name] != initial_values[name]
            for name in ("type", "won_status")
        ):
            tracked_fields = {
                name: info
                for name, info in tracked_fields.items()
                if name != "status_id"
            }
        return super()._mail_track(tracked_fields, initial_values)

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.mail_activity_type_id or self._is_message_to_contact(message):
            self._set_in_process()
        return result

    def _message_mail_after_hook(self, mails):
        # E-mail composed for many leads at once: no message is posted on each of them.
        # A marketing mailing (the field comes with that app) is no work on a lead.
        result = super()._message_mail_after_hook(mails)
        if "mailing_id" not in mails._fields or not mails.mailing_id:
            self._set_in_process()
        return result

    def _is_message_to_contact(self, message):
        """Tell whether an employee wrote the message, and not as an internal note."""
        return (
            message.message_type in ("comment", "email_outgoing")
            and not message.is_internal
            and not message.subtype_id.internal
            and message.author_id
            and not message.author_id.partner_share
        )

    def _set_in_process(self):
        """Note that work on the leads has begun."""
        begun = self.sudo().filtered(
            lambda lead: (
                lead.type == "lead"
                and lead.user_id
                and lead.status_category in ("new", "assigned")
            )
        )
        begun._write_status(
            self.env["crm.lead.status"]._get_of_category("in_process"),
            Decision("contact"),
        )

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        merged = self | opportunities
        statuses = merged.status_id
        if not statuses:
            return
        if "opportunity" in merged.mapped("type"):
            best = statuses._get_of_category("converted")
        else:
            best = max(statuses, key=lambda status: MERGE_ORDER.index(status.category))
        if best != self.status_id:
            self._write_status(best, Decision("merged"))

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return {"status": Kind(self.env._("Status"), "status_id")} | kinds

    def _tell_decision(self, kind, code, told):
        if kind != "status":
            return super()._tell_decision(kind, code, told)
        return {
            "owner": self.env._("The lead got another owner, or none."),
            "contact": self.env._(
                "Work began: the contact was written to or called, or an activity"
                " was done."
            ),
            "lost": self.env._("The lead was declared dead."),
            "won": self.env._("The lead was marked as won."),
            "restored": self.env._("The lead is no longer dead or won."),
            "converted": self.env._("The lead was converted."),
            "lead": self.env._("The opportunity became a lead again."),
            "undone": self.env._("The conversion was undone."),
            "merged": self.env._(
                "Leads were merged: the status that is furthest on its way stays."
            ),
            "reopened": self.env._(
                "The lead was recycled, and its day came or the contact wrote back."
            ),
        }.get(code, "")
