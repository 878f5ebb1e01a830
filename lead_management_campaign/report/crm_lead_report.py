from odoo import fields, models
from odoo.tools import SQL


class CrmLeadReport(models.Model):
    """Of what a campaign cost, every lead that came from it bears the same share."""

    _inherit = "crm.lead.report"
    _depends = {"utm.campaign": ["lead_cost", "lead_cost_currency_id"]}

    cost_currency_id = fields.Many2one("res.currency", readonly=True)
    cost = fields.Monetary(
        "Campaign Cost",
        currency_field="cost_currency_id",
        readonly=True,
        help="The lead's share of what its campaign cost",
    )

    def _get_columns(self):
        return {
            **super()._get_columns(),
            "cost_currency_id": SQL(
                "COALESCE(campaign.lead_cost_currency_id, %s)",
                self.env.company.currency_id.id,
            ),
            "cost": SQL("campaign.lead_cost / share.leads"),
        }

    def _get_from(self):
        return SQL(
            """
            %(tables)s
         LEFT JOIN utm_campaign campaign ON campaign.id = lead.campaign_id
         LEFT JOIN (
                   SELECT campaign_id, count(*) AS leads
                     FROM crm_lead lead
                     JOIN crm_lead_status status
                          ON status.id = lead.status_id
                          AND lead.campaign_id IS NOT NULL
                       %(where)s
                    GROUP BY campaign_id
                   ) share ON share.campaign_id = lead.campaign_id
            """,
            tables=super()._get_from(),
            where=self._get_where(),
        )
