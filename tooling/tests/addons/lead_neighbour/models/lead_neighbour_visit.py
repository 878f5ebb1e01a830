from odoo import api, fields, models


class LeadNeighbourVisit(models.Model):
    """Refers to leads and contacts in every way there is."""

    _name = "lead.neighbour.visit"
    _description = "Neighbour's Visit"

    name = fields.Char(default="Visit")
    lead_id = fields.Many2one("crm.lead", index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", index=True, ondelete="restrict")
    # Not stored, and not to be searched
    current_lead_id = fields.Many2one(
        "crm.lead", string="Current Lead", compute="_compute_current"
    )
    current_partner_id = fields.Many2one(
        "res.partner", string="Current Contact", compute="_compute_current"
    )
    current_partner_ids = fields.Many2many(
        "res.partner", string="Current Contacts", compute="_compute_current"
    )
    current_about = fields.Reference(
        [("crm.lead", "Lead"), ("res.partner", "Contact")],
        string="Current Subject",
        compute="_compute_current",
    )
    # Follow, one of them in a column
    parent_id = fields.Many2one(related="partner_id.parent_id", string="Account")
    stored_parent_id = fields.Many2one(
        related="partner_id.parent_id", string="Account Then", store=True
    )
    guest_ids = fields.Many2many("res.partner", string="Guests")
    about = fields.Reference([("crm.lead", "Lead"), ("res.partner", "Contact")])
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    company_partner_id = fields.Many2one(
        "res.partner", string="Contact of the Company", company_dependent=True
    )

    @api.depends("lead_id", "partner_id")
    def _compute_current(self):
        for visit in self:
            visit.current_lead_id = visit.lead_id
            visit.current_partner_id = visit.partner_id
            visit.current_partner_ids = visit.partner_id
            visit.current_about = visit.lead_id or visit.partner_id or False
