from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        # The one that is left is chosen as natively.
        kept = dst_partner if dst_partner and dst_partner in partners else None
        if not kept and partners:
            kept = self._get_ordered_partner(partners.ids)[-1]
        merged = partners - kept if kept else partners.browse()
        with self.env["crm.merge"]._recording(merged, kept):
            return super()._merge(partner_ids, dst_partner, extra_checks)

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
