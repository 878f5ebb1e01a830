from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLead(models.Model):
    """Leads with what another app adds to them."""

    _inherit = "crm.lead"

    # What `create` and `write` of this app were given: (ids, values) of each call.
    # None while nobody looks.
    neighbour_seen = None

    neighbour_note = fields.Char(string="Neighbour's Note")
    neighbour_score = fields.Integer(string="Neighbour's Score", tracking=True)
    neighbour_price = fields.Monetary(
        string="Neighbour's Price", currency_field="company_currency"
    )
    neighbour_level = fields.Char(string="Neighbour's Level", company_dependent=True)
    # Follows the owner, as what a commission is paid on
    neighbour_owner = fields.Char(
        string="Neighbour's Owner", compute="_compute_neighbour_owner", store=True
    )
    neighbour_visit_ids = fields.One2many(
        "lead.neighbour.visit", "lead_id", string="Neighbour's Visits"
    )
    neighbour_guest_ids = fields.Many2many(
        "res.partner", "crm_lead_neighbour_guest_rel", string="Neighbour's Guests"
    )

    _neighbour_score_positive = models.Constraint(
        "CHECK (neighbour_score >= 0)", "The neighbour counts from zero."
    )

    @api.depends("user_id.name")
    def _compute_neighbour_owner(self):
        for lead in self:
            lead.neighbour_owner = lead.user_id.name

    @api.constrains("neighbour_note", "user_id", "source_id", "type")
    def _check_neighbour_note(self):
        """Refuse that a lead which is to stay as it is gets any of these."""
        for lead in self:
            if lead.neighbour_note == "as it is" and (
                lead.user_id or lead.source_id or lead.type == "opportunity"
            ):
                raise ValidationError(f"{lead.name} stays as it is.")

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        self._neighbour_look(leads, vals_list)
        return leads

    def write(self, vals):
        self._neighbour_look(self, [vals])
        return super().write(vals)

    def _neighbour_look(self, leads, vals_list):
        seen = type(self).neighbour_seen
        if seen is not None:
            keys = set().union(*vals_list)
            seen.append((tuple(leads.ids), keys))

    def _merge_get_fields(self):
        return [
            *super()._merge_get_fields(),
            *("neighbour_note", "neighbour_score"),
            *("neighbour_price", "neighbour_level"),
        ]

    def _merge_dependences(self, opportunities):
        opportunities.neighbour_visit_ids.lead_id = self
        return super()._merge_dependences(opportunities)
