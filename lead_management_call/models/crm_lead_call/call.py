from odoo import api, fields, models, tools

from ..crm_lead_call_outcome import NEXT_STEPS

# The kinds of outcomes in which somebody was talked to
REACHED = ("reached", "call_back")


class CrmLeadCall(models.Model):
    """A call with a lead: who called when, what came of it, and what is next.

    Calls are added by the dialog *Log a call* and changed by nobody; who logged one may
    take it back within some minutes. They are for those who may read the lead, and go
    with it: to the lead that is left of a merge, and away when it is deleted.
    """

    _name = "crm.lead.call"
    _description = "Call"
    _inherit = ["lead.access.mixin"]
    _order = "date desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lead_id.company_id")
    team_id = fields.Many2one(related="lead_id.team_id")
    user_id = fields.Many2one(
        "res.users", "Called By User", readonly=True, index="btree_not_null"
    )
    # Who it was is told when the user is long deleted.
    user_name = fields.Char(
        "Called By", compute="_compute_user_name", store=True, precompute=True
    )
    date = fields.Datetime(
        "When", required=True, readonly=True, default=fields.Datetime.now
    )
    outcome_id = fields.Many2one(
        "crm.lead.call.outcome",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(related="outcome_id.kind", store=True)
    phone = fields.Char("Number", readonly=True, help="The number as it was then")
    note = fields.Text(readonly=True)
    next_step = fields.Selection(NEXT_STEPS, readonly=True)
    next_date = fields.Date("Next Step On", readonly=True)
    reached_count = fields.Integer(
        "Reached",
        compute="_compute_reached",
        store=True,
        help="Calls in which somebody was talked to",
    )
    reach_rate = fields.Float(
        "Reached (%)",
        compute="_compute_reached",
        store=True,
        aggregator="avg",
        help="Share of the calls in which somebody was talked to",
    )
    effects = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="What logging the call did, for taking it back",
    )

    _date_idx = models.Index("(date DESC, id DESC)")

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")

    @api.depends("kind")
    def _compute_reached(self):
        for call in self:
            is_reached = call.kind in REACHED
            call.reached_count = int(is_reached)
            call.reach_rate = 100.0 * is_reached

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        if not self._has_calls():
            self.env.registry.clear_cache()
        return calls

    @tools.ormcache()
    def _has_calls(self):
        """Return whether any call was ever logged: the assignment of teams, which
        merges thousands of leads, asks for each merge."""
        return bool(self.sudo().search_count([], limit=1))

    def action_open_lead(self):
        """Open the lead that was called."""
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()
