from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        self.env["crm.lead.ad.conversion"]._move(opportunities - self, self)
        return super()._merge_dependences(opportunities)
