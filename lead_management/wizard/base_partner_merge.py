from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Where both are in a campaign, the rows would be deleted, with their leads.
        members = self.env["crm.lead.campaign.member"].sudo()
        members.search([("partner_id", "in", src_partners.ids)])._unite(
            "partner_id", dst_partner
        )
        # Before the references are moved: what was made of which lead is known by them.
        self.env["crm.lead.conversion"]._follow_partner_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _log_merge_operation(self, src_partners, dst_partner):
        result = super()._log_merge_operation(src_partners, dst_partner)
        # The references were moved by SQL: whether a group is left is seen now.
        self.env["crm.account.duplicate"]._close_merged(dst_partner, src_partners)
        return result

    def _action_next_screen(self):
        if self.env.context.get("account_duplicate_id"):
            # The page of the group is behind the dialog, and says what is left.
            return {"type": "ir.actions.act_window_close"}
        return super()._action_next_screen()
