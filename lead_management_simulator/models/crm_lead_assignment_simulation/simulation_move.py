from odoo import api, fields, models


class CrmLeadAssignmentSimulationMove(models.Model):
    """A lead that goes to somebody else by the draft than by the rule.

    For those who may read the lead; others count it.
    """

    _name = "crm.lead.assignment.simulation.move"
    _description = "Lead That Changes Hands in a Simulation"
    _inherit = ["lead.access.mixin", "lead.guard.mixin"]
    _order = "simulation_id, id"
    _rec_name = "lead_id"
    _counts_as_use = False  # goes with the lead, and uses it for nothing

    simulation_id = fields.Many2one(
        "crm.lead.assignment.simulation",
        required=True,
        readonly=True,
        system=True,
        index=True,
        ondelete="cascade",
    )
    lead_id = fields.Many2one(
        "crm.lead",
        required=True,
        readonly=True,
        system=True,
        index=True,
        ondelete="cascade",
    )
    arrival_date = fields.Datetime(
        "Came In", related="lead_id.create_date", related_sudo=False
    )
    is_other_entry = fields.Boolean(
        "Other Entry",
        readonly=True,
        system=True,
        help="Another entry takes it. If not, it is somebody else's turn.",
    )
    entry_before = fields.Char(readonly=True, system=True)
    entry_after = fields.Char(readonly=True, system=True)
    user_before_id = fields.Many2one(
        "res.users", "Salesperson Before", readonly=True, system=True
    )
    user_after_id = fields.Many2one(
        "res.users", "Salesperson After", readonly=True, system=True
    )
    queue_before_id = fields.Many2one("crm.lead.queue", readonly=True, system=True)
    queue_after_id = fields.Many2one("crm.lead.queue", readonly=True, system=True)
    holder_before = fields.Char("Before", compute="_compute_holders")
    holder_after = fields.Char("After", compute="_compute_holders")

    @api.depends("user_before_id", "user_after_id", "queue_before_id", "queue_after_id")
    @api.depends_context("lang", "uid")
    def _compute_holders(self):
        for move in self:
            for when in ("before", "after"):
                user, queue = move[f"user_{when}_id"], move[f"queue_{when}_id"]
                holder = (user or queue).with_env(self.env)
                name = holder._filtered_access("read").display_name
                if not holder:
                    name = self.env._("nobody")
                move[f"holder_{when}"] = name or self.env._("Somebody you can't see")

    def action_open_lead(self):
        """Open the lead."""
        self.ensure_one()
        return self.lead_id._get_records_action()
