from odoo import fields, models


class CrmLead(models.Model):
    """When something is next to be done for a lead, cheap enough for lists."""

    _inherit = "crm.lead"

    next_activity_date = fields.Date(
        "Next Activity", compute="_compute_next_activity_date"
    )

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
        for lead in self:
            lead.next_activity_date = dates.get(lead._origin.id, False)
