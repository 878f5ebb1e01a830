from odoo import fields, models


class CrmLeadAssignmentRule(models.Model):
    _inherit = "crm.lead.assignment.rule"

    assign_website = fields.Boolean(
        "Forms of Odoo’s website",
        help="Apply the rules to leads from forms of Odoo’s website as they come in."
        " Leads that nobody gets by them go to the salesperson of the website’s"
        " settings, or to the leader of the team.",
    )
