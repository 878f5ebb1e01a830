from odoo import api, fields, models

from ...tools.replay import NOBODY, QUEUE, USER

LEFT = "left"  # the leads that have neither owner nor queue afterwards


class CrmLeadAssignmentSimulationLine(models.Model):
    """How many leads an entry, a person or a queue gets, before and after."""

    _name = "crm.lead.assignment.simulation.line"
    _description = "Result of a Simulation"
    _inherit = ["lead.guard.mixin"]
    _order = "simulation_id, sequence, after desc, id"

    simulation_id = fields.Many2one(
        "crm.lead.assignment.simulation",
        required=True,
        readonly=True,
        system=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True, system=True)
    kind = fields.Selection(
        [
            ("entry", "Entry"),
            ("default", "Default owner"),
            (NOBODY, "Nobody"),
            (USER, "Salesperson"),
            (QUEUE, "Queue"),
            (LEFT, "Nobody"),
        ],
        required=True,
        readonly=True,
        system=True,
    )
    entry_name = fields.Char(readonly=True, system=True)
    user_id = fields.Many2one("res.users", readonly=True, system=True)
    queue_id = fields.Many2one("crm.lead.queue", readonly=True, system=True)
    name = fields.Char(compute="_compute_name")
    before = fields.Integer(readonly=True, system=True)
    after = fields.Integer(readonly=True, system=True)
    change = fields.Integer(readonly=True, system=True)
    entitled = fields.Float(
        "Entitled To",
        readonly=True,
        system=True,
        help="How many leads of rotations are theirs by their share, after the change",
    )
    turned = fields.Integer(
        "Received in Turn",
        readonly=True,
        system=True,
        help="How many leads of rotations they get, after the change",
    )

    @api.depends("kind", "entry_name", "user_id", "queue_id")
    @api.depends_context("lang", "uid")
    def _compute_name(self):
        for line in self:
            record = line.user_id or line.queue_id
            readable = record.with_env(self.env)._filtered_access("read")
            name = line.entry_name or readable.display_name
            if line.kind == "default":
                name = self.env._("No entry: the default owner")
            elif line.kind == NOBODY:
                name = self.env._("No entry: nobody")
            elif line.kind == LEFT:
                name = self.env._("Nobody")
            line.name = name or self.env._("Somebody you can't see")
