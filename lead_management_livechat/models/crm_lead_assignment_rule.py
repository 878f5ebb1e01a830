from odoo import fields, models


class CrmLeadAssignmentRule(models.Model):
    _inherit = "crm.lead.assignment.rule"

    assign_livechat = fields.Boolean(
        "Live chats",
        help="Apply the rules to leads made in live chats, by chatbots or operators, as"
        " they come in. Leads that nobody gets by them go to the leader of the team.",
    )
