from odoo import api, fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """The day on which a lead is in the calendar, and the one of its next activity.

    A recycled lead is there on the day it comes back, any other one on the day by which
    its quote is due. Moving it in the calendar moves that date.
    """

    _inherit = "crm.lead"

    agenda_date = fields.Date(
        "Day in the Calendar",
        compute="_compute_agenda_date",
        inverse="_inverse_agenda_date",
        search="_search_agenda_date",
        help="When a recycled lead comes back; of other leads, when the quote is due",
    )

    # Cheap enough for lists
    next_activity_date = fields.Date(
        "Next Activity", compute="_compute_next_activity_date"
    )

    @api.depends("recycle_date", "quote_deadline", "status_id.category")
    def _compute_agenda_date(self):
        for lead in self:
            lead.agenda_date = lead[lead._get_agenda_field()]

    def _inverse_agenda_date(self):
        moved = self.grouped(lambda lead: (lead._get_agenda_field(), lead.agenda_date))
        for (name, day), leads in moved.items():
            leads[name] = day

    def _search_agenda_date(self, operator, value):
        recycled = Domain("status_id.category", "=", "recycled")
        return (recycled & Domain("recycle_date", operator, value)) | (
            ~recycled & Domain("quote_deadline", operator, value)
        )

    def _get_agenda_field(self):
        """Return the name of the field with the lead's day."""
        is_recycled = self.status_id.category == "recycled"
        return "recycle_date" if is_recycled else "quote_deadline"

    def _compute_next_activity_date(self):
        # As superuser: who reads the lead may know the date of its activities, and
        # their own rules would look at each lead again.
        dates = dict(
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["date_deadline:min"],
            )
        )
        self.next_activity_date = False
        for lead in self.filtered(lambda lead: lead._origin.id in dates):
            lead.next_activity_date = dates[lead._origin.id]
