from odoo import fields, models


class CrmLeadAssignmentSimulationPart(models.Model):
    """What entries have said to a part of the leads of a simulation, until all leads
    were asked. Nobody reads it but the simulation."""

    _name = "crm.lead.assignment.simulation.part"
    _description = "Part of a Simulation"
    _order = "first"
    _rec_name = "first"

    simulation_id = fields.Many2one(
        "crm.lead.assignment.simulation",
        required=True,
        index=True,
        ondelete="cascade",
    )
    first = fields.Integer(help="The place of its first lead among all leads")
    size = fields.Integer(help="How many leads it is of")
    asked = fields.Json(help="The entries that were asked, and when they were changed")
    arrivals = fields.Json(
        help="By lead: its id, when it came in, its company, and what the entries of"
        " the rule and those of the draft said"
    )
    unknown_fields = fields.Json()
