from odoo import api, fields, models


class CrmLeadQueueEvent(models.Model):
    """What happened to a lead in a queue: the history of both.

    Whoever may read the lead reads it. Of a lead that has moved on, the members of the
    queue where it waited before know no more than of any other.
    """

    _name = "crm.lead.queue.event"
    _inherit = ["lead.access.mixin"]
    _description = "Queue History"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, index=True, ondelete="cascade"
    )
    queue_id = fields.Many2one(
        "crm.lead.queue", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lead_id.company_id")
    user_id = fields.Many2one(
        "res.users", "By User", readonly=True, index="btree_not_null"
    )
    owner_id = fields.Many2one(
        "res.users",
        "Owner User",
        readonly=True,
        index="btree_not_null",
        help="Who has had the lead since then; for a lead that came in, who had it"
        " before",
    )
    # Who it was is told when the users are long deleted.
    user_name = fields.Char(
        "By", compute="_compute_user_name", store=True, precompute=True
    )
    owner_name = fields.Char(
        "Owner", compute="_compute_owner_name", store=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("queued", "Came in"),
            ("returned", "Returned"),
            ("expired", "Returned while idle"),
            ("claimed", "Claimed"),
            ("assigned", "Assigned"),
            ("removed", "Taken off"),
        ],
        "Event",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(
        "When", required=True, readonly=True, default=fields.Datetime.now
    )
    reason = fields.Char(readonly=True)
    counted = fields.Json(
        "Counts for the Limit",
        readonly=True,
        help="The lead that the owner got, and the queues for whose daily limits it"
        " counts",
    )
    to_tell = fields.Boolean(
        "Not Announced Yet",
        readonly=True,
        help="The email about new leads has to name it",
    )

    # The history of a queue, newest first
    _queue_idx = models.Index("(queue_id, id)")
    # What counts for somebody today
    _counted_idx = models.Index("(owner_id, date) WHERE counted IS NOT NULL")
    _to_tell_idx = models.Index("(queue_id) WHERE to_tell IS TRUE")

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")

    @api.depends("owner_id")
    def _compute_owner_name(self):
        self._keep_names("owner_id", "owner_name")

    def action_open_lead(self):
        """Open the lead."""
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()
