from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list, formatLang

MAX_DAYS = 365
PROGRESS = (
    *("state", "is_waiting", "done_count", "total", "progress"),
    *("failed_count", "time_left"),
)


class CrmLeadAssignmentSimulation(models.Model):
    """A draft of an assignment rule, tried on the leads of the last days.

    SPECIFICATION

    Which leads: those that came in during so many days to be given to somebody, of the
    companies whose leads ask the rule (`crm.lead._get_arrived_domain`); whatever became
    of them. They come in once more, without an owner, in the order in which they did.

    As they were: filters are asked of the values that leads had then, as far as mail
    has tracked them or they were noted when something was decided. Of other fields
    today's values count, and the simulation says of which.

    Before and after: both the rule as it is and the draft are tried, in the same way,
    so that what differs is what was changed in the draft. Whose turn it is begins anew
    for both. Somebody is there as their working hours and leaves were then; what is
    not known of that time counts for nobody: limits of open leads, days away that were
    entered in Availability, and replies out of office. Customers are known as today.

    The entries that count are those at the end of the trial. What becomes of the draft
    or the rule afterwards has no effect on what was tried: results are kept as they
    are, for as long as bulk jobs are kept.
    """

    _name = "crm.lead.assignment.simulation"
    _description = "Simulation of an Assignment Rule"
    _inherit = ["lead.guard.mixin"]
    _order = "id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "crm.lead.assignment.rule",
        "Draft",
        required=True,
        index=True,
        ondelete="cascade",
    )
    base_id = fields.Many2one(
        "crm.lead.assignment.rule",
        "Compared With",
        readonly=True,
        copy=False,
        system=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    days = fields.Integer(
        default=30, required=True, help="The leads of so many days are tried"
    )
    lead_ids = fields.Json(
        "IDs of Leads",
        readonly=True,
        copy=False,
        system=True,
        groups="base.group_system",
    )
    job_id = fields.Many2one(
        "crm.lead.bulk.job",
        readonly=True,
        copy=False,
        system=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    is_done = fields.Boolean(readonly=True, copy=False, system=True)
    unknown_fields = fields.Json(readonly=True, copy=False, system=True, default=list)
    deviation_before = fields.Float(readonly=True, copy=False, system=True)
    deviation_after = fields.Float(readonly=True, copy=False, system=True)
    deviation_user_before_id = fields.Many2one(
        "res.users", readonly=True, copy=False, system=True
    )
    deviation_user_after_id = fields.Many2one(
        "res.users", readonly=True, copy=False, system=True
    )
    moved_count = fields.Integer("Change Hands", readonly=True, copy=False, system=True)
    line_ids = fields.One2many(
        "crm.lead.assignment.simulation.line", "simulation_id", readonly=True
    )
    entry_line_ids = fields.One2many(
        "crm.lead.assignment.simulation.line",
        "simulation_id",
        domain=[("kind", "in", ("entry", "default", "nobody"))],
        readonly=True,
    )
    holder_line_ids = fields.One2many(
        "crm.lead.assignment.simulation.line",
        "simulation_id",
        domain=[("kind", "in", ("user", "queue", "left"))],
        readonly=True,
    )
    is_draft = fields.Boolean(compute="_compute_is_draft")
    hidden_count = fields.Integer(compute="_compute_hidden_count")
    remark = fields.Char(compute="_compute_remark")
    deviation = fields.Char("Furthest from Their Share", compute="_compute_deviation")
    state = fields.Selection(related="job_id.state")
    total = fields.Integer(related="job_id.total")
    done_count = fields.Integer(related="job_id.done_count")
    failed_count = fields.Integer(related="job_id.failed_count")
    progress = fields.Float(related="job_id.progress")
    is_waiting = fields.Boolean(related="job_id.is_waiting")
    time_left = fields.Char(related="job_id.time_left")

    @api.depends("rule_id.active", "rule_id.draft_of_id")
    def _compute_is_draft(self):
        for simulation in self:
            rule = simulation.rule_id
            simulation.is_draft = bool(rule.draft_of_id) and not rule.active

    @api.depends("moved_count")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_hidden_count(self):
        seen = dict(
            self.env["crm.lead.assignment.simulation.move"]._read_group(
                [("simulation_id", "in", self.ids)], ["simulation_id"], ["__count"]
            )
        )
        for simulation in self:
            simulation.hidden_count = simulation.moved_count - seen.get(simulation, 0)

    @api.depends("unknown_fields")
    @api.depends_context("lang")
    def _compute_remark(self):
        fields_of_lead = self.env["crm.lead"]._fields
        for simulation in self:
            labels = [
                fields_of_lead[name].get_description(self.env, ["string"])["string"]
                for name in simulation.unknown_fields or ()
                if name in fields_of_lead
            ]
            simulation.remark = bool(labels) and self.env._(
                "What leads had in these fields when they came in isn't known; today's"
                " values count: %s.",
                format_list(self.env, sorted(labels)),
            )

    @api.depends("deviation_user_after_id", "deviation_user_before_id", "is_done")
    @api.depends_context("lang", "uid")
    def _compute_deviation(self):
        for simulation in self:
            if not simulation.is_done:
                simulation.deviation = False
                continue
            before, after = (
                self._tell_deviation(user, number)
                for user, number in (
                    (
                        simulation.deviation_user_before_id,
                        simulation.deviation_before,
                    ),
                    (simulation.deviation_user_after_id, simulation.deviation_after),
                )
            )
            simulation.deviation = self.env._(
                "%(before)s → %(after)s", before=before, after=after
            )

    def _tell_deviation(self, user, number):
        if not user or not round(number, 1):
            return self.env._("nobody")
        readable = user.with_env(self.env)._filtered_access("read")
        name = readable.name or self.env._("Somebody you can't see")
        count = formatLang(self.env, abs(number), digits=1)
        if number > 0:
            return self.env._("%(user)s, %(count)s too many", user=name, count=count)
        return self.env._("%(user)s, %(count)s too few", user=name, count=count)

    @api.constrains("days")
    def _check_days(self):
        for simulation in self:
            if not 1 <= simulation.days <= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "The number of days must be between 1 and %(most)s, not"
                        " %(days)s.",
                        most=MAX_DAYS,
                        days=simulation.days,
                    )
                )

    @api.constrains("rule_id")
    def _check_rule(self):
        for simulation in self.filtered(lambda one: not one.job_id):
            simulation.rule_id._check_is_draft()

    def write(self, vals):
        if vals.keys() & {"rule_id", "days"}:
            self._check_not_tried()
        return super().write(vals)

    def _check_not_tried(self):
        """Refuse to make a result one of something else."""
        for simulation in self.filtered("job_id"):
            raise UserError(
                self.env._(
                    "This has been tried on %s already. Make a new simulation.",
                    format_date(self.env, simulation.create_date),
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def get_progress(self):
        """Return how far the simulations are, for the moving bar."""
        return self.read([*PROGRESS])

    def action_activate(self):
        """Let the draft that was tried assign leads from now on.

        :raise UserError: it is no draft any more
        """
        self.ensure_one()
        return self.rule_id.action_activate()

    def action_open_moves(self):
        """Return the action that lists the leads that change hands."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_simulator.crm_lead_assignment_simulation_move_action"
        )
        action["domain"] = [("simulation_id", "=", self.id)]
        return action
