from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class CrmLead2opportunityPartner(models.TransientModel):
    """The merge of a conversion can be taken apart again, as every merge."""

    _inherit = "crm.lead2opportunity.partner"

    @api.model
    def _get_way_back(self):
        days = self.env["crm.merge"]._get_days()
        if not days:
            return super()._get_way_back()
        return self.env._(
            "Until %(date)s, they can be separated again, in Leads ‣ Tools ‣ Merges.",
            date=format_date(
                self.env, fields.Date.context_today(self) + timedelta(days=days)
            ),
        )
