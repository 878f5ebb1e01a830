from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

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
