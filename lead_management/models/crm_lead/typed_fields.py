from odoo import models


class CrmLead(models.Model):
    """Which fields people fill in themselves, whoever added them: this house, another
    addon, Studio or an administrator."""

    _inherit = "crm.lead"

    def _get_typed_fields(self):
        """Return the names of the stored fields that the current user may fill in and
        that mean nothing to how a lead is worked."""
        described = self.fields_get(attributes=["readonly"])
        return {
            name
            for name, info in described.items()
            if self._fields[name].store and not info["readonly"]
        } - self._get_worked_fields()

    def _get_worked_fields(self):
        """Return the names of fields that people may write and that are changed by what
        is done with a lead (its owner, status, account), not by what is known of it, or
        are Odoo's business. Extend for more.

        :rtype: set[str]
        """
        return {
            *models.MAGIC_COLUMNS,
            *("active", "type", "status_id", "user_id"),
            *("stage_id", "won_status", "probability", "automated_probability"),
            *("account_id", "account_contact_id", "partner_id", "company_id"),
            *("date_open", "date_closed", "date_conversion", "day_open", "day_close"),
            *("date_last_stage_update", "date_automation_last", "lost_reason_id"),
            *("email_cc", "lang_code", "message_bounce", "color", "contact_name"),
            *("reveal_id", "lead_mining_request_id", "iap_enrich_done"),
            *("duplicate_lead_ids", "message_main_attachment_id"),
        }
