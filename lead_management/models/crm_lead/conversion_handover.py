from odoo import models
from odoo.fields import Command


class CrmLead(models.Model):
    """What is around a lead and goes to its result."""

    _inherit = "crm.lead"

    def _hand_over_records(self, plans):
        """Pass activities, files, meetings and followers of leads to their results.

        Activities and the meetings of an opportunity move, files are copied, and to the
        meetings of an account its contact is added, without an invitation.
        """
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", [plan.lead.id for plan in plans]),
                ]
            )
            .grouped("res_id")
        )
        followed = {}
        for plan in plans:
            taker = plan.opportunity or plan.contact or plan.account
            place = {
                "res_model_id": self.env["ir.model"]._get_id(taker._name),
                "res_id": taker.id,
            }
            lead = plan.lead.sudo()
            for activity in lead.activity_ids:
                plan.moved.append(["mail.activity", activity.id])
            lead.activity_ids.write(place)
            for attachment in attachments.get(lead.id, ()):
                copy = attachment.copy(
                    {
                        "name": attachment.name,
                        "res_model": taker._name,
                        "res_id": taker.id,
                    }
                )
                plan.moved.append(["ir.attachment", copy.id])
            events = lead.calendar_event_ids
            if plan.opportunity:
                plan.moved += [["calendar.event", event.id] for event in events]
                events.write({**place, "opportunity_id": taker.id})
            else:
                absent = events.filtered(
                    lambda event, taker=taker: taker not in event.partner_ids
                )
                plan.moved += [["calendar.attendee", event.id] for event in absent]
                absent.with_context(
                    no_mail_to_attendees=True, dont_notify=True
                ).partner_ids = [Command.link(taker.id)]
            employees = lead.message_partner_ids.filtered(
                lambda partner: not partner.partner_share
            )
            taker, key = taker.sudo(), (taker._name, employees)
            followed[key] = followed.get(key, taker) | taker
        for (_name, employees), takers in followed.items():
            if employees:
                takers.message_subscribe(employees.ids)
        # The activities of a record are cached by a reference the move can't see.
        self.env["res.partner"].invalidate_model(["activity_ids"])
        self.invalidate_model(["activity_ids"])
