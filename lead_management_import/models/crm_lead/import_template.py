from odoo import api, models

TEMPLATE = "/lead_management_import/static/xls/leads.xlsx"


class CrmLead(models.Model):
    """What the import screen offers for leads."""

    _inherit = "crm.lead"

    @api.model
    def get_import_templates(self):
        return [
            {"label": self.env._("Import Template for Leads"), "template": TEMPLATE},
            *super().get_import_templates(),
        ]
