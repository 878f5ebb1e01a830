from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Before the references are moved: whose names they are is known by them.
        self.env["crm.account.alias"]._follow_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
