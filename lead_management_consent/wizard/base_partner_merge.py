from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _log_merge_operation(self, src_partners, dst_partner):
        result = super()._log_merge_operation(src_partners, dst_partner)
        emails = (src_partners | dst_partner).sudo().mapped("email_normalized")
        self.env["crm.lead.consent.state"]._carry_withdrawals([emails], "merge")
        return result
