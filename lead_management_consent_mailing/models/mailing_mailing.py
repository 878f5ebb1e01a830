from odoo import fields, models


class MailingMailing(models.Model):
    """A mailing for a purpose is for those who have agreed to it."""

    _name = "mailing.mailing"
    _inherit = ["lead.guard.mixin", "mailing.mailing"]

    consent_purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        index="btree_not_null",
        help="Only people who have agreed to this purpose get the mailing, and the link"
        " to unsubscribe withdraws their consent. The others are in the statistics as"
        " canceled, without consent.",
    )

    def _get_unsubscribe_url(self, email_to, res_id):
        url = self._get_consent_url(email_to)
        return url or super()._get_unsubscribe_url(email_to, res_id)

    def _get_unsubscribe_oneclick_url(self, email_to, res_id):
        url = self._get_consent_url(email_to)
        return url or super()._get_unsubscribe_oneclick_url(email_to, res_id)

    def _get_consent_url(self, email):
        """Return the link that withdraws an address's consent to the purpose; empty
        without a purpose, and for who never agreed, as in a test."""
        if not self.consent_purpose_id:
            return ""
        states = self.env["crm.lead.consent.state"].sudo()
        return states.search(
            [
                ("email_normalized", "=", email),
                ("purpose_id", "=", self.consent_purpose_id.id),
            ]
        )._get_withdraw_url()
