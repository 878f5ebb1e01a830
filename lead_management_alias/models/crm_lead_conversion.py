from odoo import models


class CrmLeadConversion(models.Model):
    _inherit = "crm.lead.conversion"

    def _undo(self, plan):
        result = super()._undo(plan)
        aliases = self.env["crm.account.alias"]
        aliases.search([("conversion_id", "in", self.ids)]).unlink()
        return result
