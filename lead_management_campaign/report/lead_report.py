from odoo import models


class LeadReport(models.AbstractModel):
    _inherit = "report.lead_management.lead_report"

    def _get_source_measures(self):
        return {**super()._get_source_measures(), "cost": "cost:sum_currency"}
