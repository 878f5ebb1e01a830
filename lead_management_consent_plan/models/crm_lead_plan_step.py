from odoo import fields, models


class CrmLeadPlanStep(models.Model):
    """An email for a purpose is skipped where the person has not agreed to it."""

    _inherit = "crm.lead.plan.step"

    consent_purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    skip_reason = fields.Selection(
        selection_add=[("no_consent", "No Consent")],
        ondelete={"no_consent": "set null"},
    )

    def _get_skipped(self):
        skipped = super()._get_skipped()
        states = self.env["crm.lead.consent.state"]
        asked = self.filtered("consent_purpose_id")
        for purpose, steps in asked.grouped("consent_purpose_id").items():
            addresses = steps._get_addresses_to_mail()
            agreed = states._get_agreed_emails(
                purpose, set().union(*addresses.values())
            )
            skipped["no_consent"] |= steps.filtered(
                lambda step, addresses=addresses, agreed=agreed: (
                    addresses[step] - agreed
                )
            )
        return skipped

    def _get_addresses_to_mail(self):
        """Return the addresses that have to agree, by step. Where a template names its
        recipients itself, also that of the lead may be one.

        :rtype: dict
        """
        by_lead = self.run_id.lead_id._get_addresses_to_mail()
        addresses = {}
        for step in self:
            lead = step.run_id.lead_id
            addresses[step] = set(by_lead[lead])
            if lead.email_normalized and not step.mail_template_id.use_default_to:
                addresses[step].add(lead.email_normalized)
        return addresses

    def _get_unsubscribe_url(self, addresses):
        """Let who has agreed to a purpose withdraw that, which is what they know of."""
        states = self.env["crm.lead.consent.state"].sudo()
        if self.env.su and self.consent_purpose_id:
            states = states.search(
                [
                    ("email_normalized", "in", addresses),
                    ("purpose_id", "=", self.consent_purpose_id.id),
                ]
            )
            if states:
                return states._get_withdraw_url()
        return super()._get_unsubscribe_url(addresses)
