from odoo import api, fields, models, tools

STOP_REASONS = [
    ("reply", "The person has replied"),
    ("call", "A call has reached somebody"),
    ("meeting", "There is a meeting"),
    ("unsubscribed", "The person has unsubscribed"),
    ("converted", "The lead is converted"),
    ("dead", "The lead is dead"),
    ("recycled", "The lead is recycled"),
    ("archived", "The lead is archived"),
    ("company", "The lead went to another company"),
    ("merged", "The lead was merged with one that has a plan"),
    ("replaced", "Another plan was started"),
    ("hand", "Stopped by hand"),
]


class CrmLeadPlanRun(models.Model):
    """A plan on a lead.

    SPECIFICATION

    A lead has one plan at a time, and what it had before is kept. The steps are copied
    when it starts: a plan that is edited is for the leads that get it from then on.

    Steps come one after the other. An activity is created when its day has come and the
    step before it is behind, not all at once as Odoo does: lists and calendars hold
    what is to be done now, whose it is and how long absences take is known only then,
    and most plans end early. The working days between two steps are kept: after a step
    that is done late, the next one comes later.

    A step is behind when its activity is done or deleted, or its email is in the queue.
    An email that may not be sent is skipped, with the reason.

    What ends it: the ticks of the plan say which of a reply, a call, a meeting, the
    conversion and recycling do. A lead that is dead, archived, or another company's
    always ends it, and so do people, and whoever unsubscribes. What it still has
    planned is removed, but for an activity that is in the calendar; the chatter says
    why. A plan that the conversion ended goes on when that is undone, and one that a
    call ended when that is taken back.
    """

    _name = "crm.lead.plan.run"
    _inherit = ["lead.access.mixin"]
    _description = "Plan on a Lead"
    _order = "date_start desc, id desc"
    _rec_name = "plan_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lead_id.company_id")
    team_id = fields.Many2one(related="lead_id.team_id")
    owner_id = fields.Many2one(related="lead_id.user_id", string="Owner")
    plan_id = fields.Many2one(
        "mail.activity.plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Finished"), ("stopped", "Stopped")],
        default="running",
        required=True,
        readonly=True,
    )
    stop_reason = fields.Selection(STOP_REASONS, "Stopped Because", readonly=True)
    rule_id = fields.Many2one(
        "crm.lead.plan.rule", "Started by Rule", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", "Started By User", readonly=True, index="btree_not_null"
    )
    # Who it was is told when the user is long deleted.
    user_name = fields.Char(
        "Started By", compute="_compute_user_name", store=True, precompute=True
    )
    date_start = fields.Datetime(
        "Started On", required=True, readonly=True, default=fields.Datetime.now
    )
    date_end = fields.Datetime("Ended On", readonly=True)
    step_ids = fields.One2many(
        "crm.lead.plan.step", "run_id", "Steps", bypass_search_access=True
    )
    step_id = fields.Many2one(
        "crm.lead.plan.step", "Current Step", readonly=True, index="btree_not_null"
    )
    step_count = fields.Integer("Number of Steps", readonly=True, aggregator=None)
    next_date = fields.Datetime(
        "Next Step Due", readonly=True, help="Empty while a step waits to be done"
    )
    progress = fields.Char(compute="_compute_progress")

    _running_uniq = models.UniqueIndex("(lead_id) WHERE state = 'running'")
    _next_date_idx = models.Index("(next_date) WHERE next_date IS NOT NULL")

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")

    @api.depends("step_id", "step_count", "state", "stop_reason")
    def _compute_progress(self):
        for run in self:
            run.progress = run._get_progress()

    def _get_progress(self):
        """Return where the plan is, in words."""
        step, labels = self.step_id, self._fields["stop_reason"]
        if self.state == "done":
            return self.env._("Finished")
        if self.state == "stopped":
            # Empty where the addon that gave the reason is gone
            return dict(labels._description_selection(self.env)).get(
                self.stop_reason, ""
            )
        if not step:
            return ""
        return self.env._(
            "Step %(number)s of %(count)s: %(step)s, %(day)s",
            number=step.number,
            count=self.step_count,
            step=step.display_name,
            day=step._get_told_day(),
        )

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        if not self._has_runs():
            self.env.registry.clear_cache()
        return runs

    def _has_runs(self):
        """Return whether any lead ever had a plan: what happens to leads in thousands
        asks each time."""
        return self._get_use()[0]

    @tools.ormcache()
    def _get_use(self):
        """Return whether any lead ever had a plan, and whether there are rules."""
        self.flush_model(["lead_id"])
        self.env["crm.lead.plan.rule"].flush_model(["active"])
        self.env.cr.execute(
            """
            SELECT EXISTS (SELECT FROM crm_lead_plan_run),
                   EXISTS (SELECT FROM crm_lead_plan_rule WHERE active IS TRUE)
            """
        )
        return self.env.cr.fetchone()

    def _get_running(self, leads):
        """Return the plans that are running on leads, in sudo."""
        runs = self.sudo()
        if not leads.ids or not self._has_runs():
            return runs
        return runs.search([("lead_id", "in", leads.ids), ("state", "=", "running")])

    # ------------------------------------------------------------
    # BUTTONS
    # ------------------------------------------------------------

    def action_stop(self):
        """Stop plans by hand.

        :raise AccessError: the user may not change one of the leads
        """
        self.lead_id.check_access("write")
        self.sudo().filtered(lambda run: run.state == "running")._stop("hand")

    def action_open_lead(self):
        """Open the lead that has the plan."""
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()
