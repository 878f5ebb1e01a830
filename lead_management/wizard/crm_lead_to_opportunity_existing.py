from odoo import api, fields, models
from odoo.tools import formatLang

from .crm_lead_to_opportunity import KEPT

SHOWN_OPPORTUNITIES = 3


class CrmLead2opportunityPartner(models.TransientModel):
    """The opportunity: a new one, one that is there, or none yet."""

    _inherit = "crm.lead2opportunity.partner"

    result = fields.Selection(
        [
            ("opportunity", "New opportunity"),
            ("existing", "Into an existing opportunity"),
            ("account", "No opportunity yet"),
        ],
        "Opportunity",
        default="opportunity",
        required=True,
        help="Without an opportunity, the lead becomes an account with a contact,"
        " and is archived",
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        "Existing Opportunity",
        domain="[('type', '=', 'opportunity'), ('won_status', '=', 'pending'),"
        " '|', ('partner_id', '=', False),"
        " ('partner_id', 'child_of', [account_id or contact_id])]"
        " + (lead_company_id and [('company_id', 'in', [False, lead_company_id])]"
        " or [])",
    )
    opportunity_matches = fields.Json(
        compute="_compute_opportunity_matches",
        help="The opportunities to choose from, see _get_opportunity_matches",
        **KEPT,
    )
    has_opportunities = fields.Boolean(
        compute="_compute_opportunity_matches",
        **KEPT,
        help="There are open opportunities of the account, or of the lead's person or"
        " company",
    )

    @api.depends("lead_id", "account_id", "contact_id")
    def _compute_opportunity_matches(self):
        for wizard in self:
            found = wizard._get_opportunity_matches() if wizard.lead_id else {}
            wizard.opportunity_matches = found
            wizard.has_opportunities = bool(found.get("matches"))

    def _get_opportunity_matches(self):
        """Return the opportunities to choose from, as JSON.

        :return: `{"matches": matches, "more": whether there are others}`; a match has
            its `id`, its `display_name`, and `reasons`: what tells it from others
        """
        found = self._find_own_opportunities(limit=SHOWN_OPPORTUNITIES + 1)
        return {
            "matches": [
                {
                    "id": opportunity.id,
                    "display_name": opportunity.name,
                    "reasons": self._get_what_tells_apart(opportunity),
                }
                for opportunity in found[:SHOWN_OPPORTUNITIES]
            ],
            "more": len(found) > SHOWN_OPPORTUNITIES,
        }

    def _get_what_tells_apart(self, opportunity):
        revenue = opportunity.expected_revenue
        value = revenue and formatLang(
            self.env,
            revenue,
            digits=0 if revenue == int(revenue) else 2,
            currency_obj=opportunity.company_currency,
        )
        return [text for text in (value, opportunity.stage_id.name) if text]

    def _find_own_opportunities(self, limit=None):
        """Return the open opportunities that the lead is most likely to belong to."""
        return self.env["crm.lead"].search(
            self.lead_id._get_own_opportunity_domain(self.account_id, self.contact_id),
            limit=limit,
        )

    @api.onchange("result")
    def _onchange_result(self):
        """Choose the opportunity if there is just one to choose."""
        if self.result == "existing" and not self.opportunity_id:
            own = self._find_own_opportunities(limit=2)
            self.opportunity_id = own if len(own) == 1 else False

    def _leave_foreign_opportunity(self):
        """Choose no opportunity of an account that was left."""
        opportunity = self.opportunity_id
        if not opportunity:
            return
        own_account = opportunity.partner_id.commercial_partner_id
        account = self.account_id or self.contact_id.commercial_partner_id
        if own_account and own_account != account:
            self.opportunity_id = False
            if not self.has_opportunities:
                self.result = "opportunity"
