from odoo import fields, models
from odoo.tools import SQL


class CrmLeadReport(models.Model):
    _inherit = "crm.lead.report"
    _depends = {"crm.lead": ["queue_id"]}

    queue_id = fields.Many2one("crm.lead.queue", readonly=True)

    def _get_columns(self):
        return {**super()._get_columns(), "queue_id": SQL("lead.queue_id")}
