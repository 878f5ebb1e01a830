from odoo import api, fields, models

# Only those who may see leads see what came of them.
SALES = "sales_team.group_sale_salesman"


class UtmCampaign(models.Model):
    """What a campaign brought: members, responses, leads converted, at what cost.

    Everybody counts the members that they may see. A campaign that has members can't be
    deleted: they are the history of leads and contacts.
    """

    _name = "utm.campaign"
    _inherit = ["utm.campaign", "lead.picklist.mixin"]

    member_ids = fields.One2many(
        "crm.lead.campaign.member", "campaign_id", "Campaign Members", groups=SALES
    )
    member_status_ids = fields.One2many(
        "crm.lead.campaign.status",
        "campaign_id",
        "Member Statuses",
        groups=SALES,
        copy=True,
        help="Statuses of this campaign only. Leave empty to use the shared ones.",
    )
    member_count = fields.Integer("Members", compute="_compute_members", groups=SALES)
    response_count = fields.Integer(
        "Responses", compute="_compute_members", groups=SALES
    )
    response_rate = fields.Float(compute="_compute_members", groups=SALES)
    lead_member_count = fields.Integer(
        "Members with a Lead", compute="_compute_members", groups=SALES
    )
    converted_count = fields.Integer(
        "Converted Leads", compute="_compute_members", groups=SALES
    )
    conversion_rate = fields.Float(
        compute="_compute_members",
        groups=SALES,
        help="The share of the leads in this campaign that were converted",
    )
    won_count = fields.Integer(
        "Won Opportunities", compute="_compute_members", groups=SALES
    )
    lead_cost_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the Cost",
        default=lambda self: self.env.company.currency_id,
    )
    lead_cost = fields.Monetary(
        "Cost",
        currency_field="lead_cost_currency_id",
        help="What the campaign cost in all: the cost per lead is computed from it",
    )
    cost_per_lead = fields.Monetary(
        compute="_compute_members",
        currency_field="lead_cost_currency_id",
        groups=SALES,
    )
    cost_per_conversion = fields.Monetary(
        "Cost per Converted Lead",
        compute="_compute_members",
        currency_field="lead_cost_currency_id",
        groups=SALES,
    )

    @api.depends("member_ids.status_id", "member_ids.lead_id", "lead_cost")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_members(self):
        responses = [("status_id.is_response", "=", True)]
        leads = [("lead_id", "!=", False)]
        converted = [("lead_id.status_id.category", "=", "converted")]
        won = [("lead_id.won_status", "=", "won")]
        counts = {
            name: self._count_members(domain)
            for name, domain in {
                "member_count": [],
                "response_count": responses,
                "lead_member_count": leads,
                "converted_count": converted,
                "won_count": won,
            }.items()
        }
        for campaign in self:
            for name, by_campaign in counts.items():
                campaign[name] = by_campaign.get(campaign._origin, 0)
            members, leads = campaign.member_count, campaign.lead_member_count
            converted = campaign.converted_count
            cost = campaign.lead_cost
            campaign.response_rate = campaign.response_count / (members or 1)
            campaign.conversion_rate = converted / (leads or 1)
            campaign.cost_per_lead = leads and cost / leads
            campaign.cost_per_conversion = converted and cost / converted

    def _count_members(self, domain):
        """Return the number of members that match a domain, by campaign."""
        return dict(
            self.env["crm.lead.campaign.member"]._read_group(
                [("campaign_id", "in", self._origin.ids), *domain],
                ["campaign_id"],
                ["__count"],
            )
        )

    def _get_member_statuses(self):
        """Return the statuses that each campaign offers its members, in order: a
        dictionary of `crm.lead.campaign.status` by campaign."""
        statuses = self.env["crm.lead.campaign.status"].search(
            [("campaign_id", "in", [*self._origin.ids, False])]
        )
        of_campaign = statuses.grouped("campaign_id")
        shared = of_campaign.get(self.browse(), statuses.browse())
        return {
            campaign: of_campaign.get(campaign._origin, shared) for campaign in self
        }

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("crm.lead.campaign.member", "campaign_id"),
        ]

    def action_open_members(self):
        """Return the action that lists the members of the campaign."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_campaign.crm_lead_campaign_member_action"
        )
        return {
            **action,
            "domain": [("campaign_id", "=", self.id)],
            "context": {"default_campaign_id": self.id},
        }
