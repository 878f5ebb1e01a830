from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Before the references are moved: what was made of which lead is known by them.
        self.env["crm.lead.conversion"]._follow_partner_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
