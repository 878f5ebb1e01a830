from odoo import api, models
from odoo.tools import email_normalize

from ..tools import consent_rule


class CrmLeadCaptureSubmission(models.Model):
    """What visitors agree to counts for their address."""

    _inherit = "crm.lead.capture.submission"

    def _snapshot_consents(self, consent_ids, lang):
        snapshot = super()._snapshot_consents(consent_ids, lang)
        consents = self.env["crm.lead.capture.consent"].sudo()
        for one in snapshot or ():
            # Read with the text before
            if purpose := consents.browse(one["id"]).purpose_id:
                one["purpose"] = purpose.id
        return snapshot

    def _record_consents(self, leads):
        result = super()._record_consents(leads)
        agreed = [
            (submission, consent)
            for submission in self
            for consent in submission.consents or ()
            if consent.get("purpose") and submission.email_normalized
        ]
        if not agreed:
            return result
        purposes = self.env["crm.lead.consent.purpose"].sudo()
        known = purposes.search(
            [("id", "in", list({consent["purpose"] for _, consent in agreed}))]
        )
        self.env["crm.lead.consent.state"]._record(
            consent_rule.CHECKED,
            [
                {
                    "email": submission.email_normalized,
                    "purpose": purposes.browse(consent["purpose"]),
                    "how": "form",
                    "date": submission.create_date,
                    "text": consent["text"],
                    "lang": submission.lang,
                    "form_id": submission.form_id.id,
                    "address_hash": submission.address_hash,
                }
                for submission, consent in agreed
                if consent["purpose"] in known.ids
            ],
        )
        return result

    @api.model
    def erase_email(self, email):
        count = super().erase_email(email)
        if normalized := isinstance(email, str) and email_normalize(email):
            count += self.env["crm.lead.consent.state"]._erase(normalized)
        return count
