from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Where both are in a campaign, the rows would be deleted, with their leads.
        members = self.env["crm.lead.campaign.member"].sudo()
        members.search([("partner_id", "in", src_partners.ids)])._unite(
            "partner_id", dst_partner
        )
        return super()._update_foreign_keys(src_partners, dst_partner)
