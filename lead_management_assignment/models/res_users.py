from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_rules(self):
        self.env["crm.lead.assignment.rule.entry"]._check_not_named("user_id", self)
