from odoo import models
from odoo.fields import Command


class CrmLeadAssignmentRule(models.Model):
    """The rule that each company begins with: archived, to be looked at, changed and
    then used."""

    _inherit = "crm.lead.assignment.rule"

    def _ship_for(self, companies):
        """Give companies that have no rule of their own an archived one, whose only
        entry gives leads to whom the customer knows."""
        rules = self.sudo().with_context(active_test=False)
        owned = rules.search([("company_id", "in", companies.ids)]).company_id
        return rules.create(
            [self._prepare_shipped(company) for company in companies - owned]
        )

    def _prepare_shipped(self, company):
        """Return the values of a new company's rule; extend for more."""
        return {
            "name": self.env._("Leads of %s", company.name),
            "company_id": company.id,
            "active": False,
            "entry_ids": [
                Command.create(
                    {
                        "name": self.env._("Known accounts and contacts"),
                        "sequence": 1,
                        "target": "known",
                        "keep_owner": True,
                        "note": self.env._(
                            "Whoever has an open lead or opportunity of the same"
                            " person, or looks after the contact or the account, gets"
                            " the new lead too. Add entries for the other leads below,"
                            " then unarchive the rule."
                        ),
                    }
                )
            ],
        }
