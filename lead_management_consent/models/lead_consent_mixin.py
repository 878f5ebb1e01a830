from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class LeadConsentMixin(models.AbstractModel):
    """A person with an e-mail address, for whom the consents of the address count."""

    _name = "lead.consent.mixin"
    _description = "Has the consents of an email address"

    consent_state_ids = fields.One2many(
        "crm.lead.consent.state",
        string="Consents by Purpose",
        compute="_compute_consent_state_ids",
        search="_search_consent_state_ids",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("email_normalized")
    @api.depends_context("allowed_company_ids")
    def _compute_consent_state_ids(self):
        emails = [email for email in self.mapped("email_normalized") if email]
        states = self.env["crm.lead.consent.state"]
        if emails:
            # Who reads the person reads the consents.
            states = states.sudo().search(
                [
                    ("email_normalized", "in", emails),
                    ("purpose_id.company_id", "in", [*self.env.companies.ids, False]),
                ]
            )
        by_email = states.with_env(self.env).grouped(
            lambda state: state.sudo().email_normalized
        )
        for record in self:
            record.consent_state_ids = by_email.get(record.email_normalized, False)

    def _search_consent_state_ids(self, operator, value):
        states = self.env["crm.lead.consent.state"]
        if operator in ("any", "any!"):
            domain = value if isinstance(value, Domain) else [("id", "in", value)]
            if operator == "any!":
                states = states.sudo()
            return self._get_holders_of(states._search(domain, for_holders=True))
        if operator != "in":
            return NotImplemented
        ids = [state_id for state_id in value if state_id]
        found = states._search([("id", "in", ids)], for_holders=True)
        domain = self._get_holders_of(found)
        if False in value:
            known = states._search([], for_holders=True)
            domain |= ~self._get_holders_of(known)
        return domain

    def _get_holders_of(self, query):
        """Return the domain of those whose address has one of the consents.

        By id, which is never empty, so that the opposite has who has no address.
        """
        email = self._field_to_sql(self._table, "email_normalized")
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT id FROM %s WHERE %s IN %s)",
                SQL.identifier(self._table),
                email,
                query.subselect("email_normalized"),
            ),
        )

    def action_ask_consent(self):
        """Choose for what to ask the persons."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "lead_management_consent.crm_lead_consent_ask_action"
            ),
            "context": {"active_model": self._name, "active_ids": self.ids},
        }

    def _get_langs_by_email(self):
        """Return in which language to write to each address, by address; False where
        nothing is known."""
        return {
            record.email_normalized: record._get_consent_lang()
            for record in self
            if record.email_normalized
        }

    def _get_consent_lang(self):
        """Return the code of the language the person reads, if it is known."""
        return False
