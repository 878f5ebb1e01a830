from odoo import fields, models


class CrmLeadPlanStep(models.Model):
    """An email for a purpose is skipped where the person has not agreed to it."""

    _inherit = "crm.lead.plan.step"

    consent_purpose_id = fields.Many2one(
        "crm.lead.consent.purpose", readonly=True, index="btree_not_null"
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
        recipients itself, also that of the lead may be one."""
        by_lead = self.run_id.lead_id._get_addresses_to_mail()
        addresses = {}
        for step in self:
            lead = step.run_id.lead_id
            addresses[step] = set(by_lead[lead])
            if lead.email_normalized and not step.mail_template_id.use_default_to:
                addresses[step].add(lead.email_normalized)
        return addresses

    def _get_unsubscribe_urls(self, asked):
        """Let who has agreed to a purpose withdraw that, which is what they know of."""
        urls = super()._get_unsubscribe_urls(asked)
        places = [
            {(step.consent_purpose_id.id, email) for email in addresses}
            if url and step.consent_purpose_id
            else set()
            for (step, addresses), url in zip(asked, urls, strict=True)
        ]
        wanted = set().union(*places)
        if not wanted:
            return urls
        states = self.env["crm.lead.consent.state"].search(
            [
                ("email_normalized", "in", sorted({email for _id, email in wanted})),
                ("purpose_id", "in", sorted({purpose for purpose, _email in wanted})),
            ]
        )
        ids = {
            (state.purpose_id.id, state.email_normalized): state.id for state in states
        }
        return [
            states.browse(
                ids[key] for key in sorted(some) if key in ids
            )._get_withdraw_url()
            or url
            for some, url in zip(places, urls, strict=True)
        ]
