from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES

from ...tools import lead_index
from .queue_history import QUEUE_MOVE, QueueMove

# The context value under which searches leave out the leads in queues
UNQUEUED_ONLY = object()


class CrmLead(models.Model):
    """Where a lead waits for an owner.

    A lead in a queue has no owner. Putting it in takes the owner off; getting an owner,
    or becoming an opportunity, takes it off the queue. That hangs on `create` and
    `write`, so it holds for every door. Where both come at once, the owner wins.
    """

    _inherit = "crm.lead"

    queue_id = fields.Many2one(
        "crm.lead.queue",
        copy=False,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Where the lead waits for a member of the queue to claim it",
    )
    last_queue_id = fields.Many2one(
        "crm.lead.queue",
        copy=False,
        readonly=True,
        system=True,
        index="btree_not_null",
        help="The queue the lead is in, or was in last",
    )
    queue_date = fields.Datetime(
        "In Queue Since", copy=False, readonly=True, system=True
    )
    queue_last_user_id = fields.Many2one(
        "res.users", "Owner before Queue", copy=False, readonly=True, system=True
    )
    is_in_my_queue = fields.Boolean(
        "In My Queue",
        compute="_compute_is_in_my_queue",
        search="_search_is_in_my_queue",
        compute_sudo=True,
        help="The lead is in a queue of which the user is a member",
    )

    _queue_without_owner = models.Constraint(
        "CHECK (queue_id IS NULL OR user_id IS NULL)",
        "A lead in a queue has no owner: choose one of the two.",
    )
    _queue_best_idx = models.Index(lead_index.of_queue())

    _holder_idx = models.Index(lead_index.of_holder())

    @api.depends("queue_id.user_ids")
    @api.depends_context("uid")
    def _compute_is_in_my_queue(self):
        # Not by reading all members, who are sorted by the names of all contacts
        self.queue_id.flush_recordset(["user_ids"])
        mine = self.queue_id._filter_of_member(self.env.uid)
        for queue, leads in self.grouped("queue_id").items():
            leads.is_in_my_queue = queue._origin in mine

    def _search_is_in_my_queue(self, operator, value):
        if operator != "in":
            return NotImplemented
        # The rule on leads asks it of every list. As a list of queues it is looked up
        # once, while a path to the members joins the queues of all leads.
        queues = self.env["crm.lead.queue"].sudo().with_context(active_test=False)
        mine = queues._search([("user_ids", "in", self.env.uid)])
        return Domain("queue_id", "in", mine)

    @api.onchange("queue_id")
    def _onchange_queue_id(self):
        if self.queue_id:
            self.user_id = False

    @api.onchange("user_id")
    def _onchange_user_id_queue(self):
        if self.user_id:
            self.queue_id = False

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        default_queue = self.env.context.get("default_queue_id")
        if not default_queue and not any(vals.get("queue_id") for vals in vals_list):
            return super().create(vals_list)
        leads = super().create(
            [self._get_values_of_new(vals, default_queue) for vals in vals_list]
        )
        leads._follow_queue({lead: (lead.queue_id.browse(), None) for lead in leads})
        return leads

    def _get_values_of_new(self, vals, default_queue):
        """Return the values of a new lead with either a queue or an owner."""
        queue_id = vals.get("queue_id", default_queue)
        if not queue_id:
            return vals
        if vals.get("user_id") or vals.get("type") == "opportunity":
            return {**vals, "queue_id": False}
        vals = {**vals, "queue_id": queue_id, "user_id": False}
        return {**self._get_company_of_queue(queue_id), **vals}

    def write(self, vals):
        if not vals.keys() & {"queue_id", "user_id", "type"}:
            return super().write(vals)
        vals = self._read_holder_values(vals)
        before = {lead: (lead.queue_id, lead.user_id) for lead in self.sudo()}
        # With their last queue, what merged leads had is written, be they closed.
        if vals.get("queue_id") and "last_queue_id" not in vals:
            self._check_can_wait(vals)
        result = super().write(self._get_values_with_one_holder(vals))
        self._follow_queue(before)
        return result

    def _check_can_wait(self, vals):
        """Refuse to put anything in a queue that nobody could claim from it. What was
        closed while it waits stays there, out of sight of others."""
        if vals.get("user_id") or vals.get("type") == "opportunity":
            return  # the queue is left out
        is_opened = bool(vals.keys() & {"active", "type"})
        for known in self.sudo():
            lead = known.with_env(self.env)
            if known.queue_id:
                continue
            if vals.get("type", known.type) == "opportunity":
                text = self.env._(
                    "“%s” is an opportunity: only leads wait in queues.",
                    lead.display_name,
                )
            elif not vals.get("active", known.active) or (
                not is_opened and known.status_category not in OPEN_CATEGORIES
            ):
                text = self.env._(
                    "“%s” is closed: restore it before you put it in a queue.",
                    lead.display_name,
                )
            else:
                continue
            raise UserError(text)

    def _read_holder_values(self, vals):
        """Return values whose queue and owner are ids, as `write` will take them: it
        reads a text such as “5”, and whatever else is no id, as none."""
        names = vals.keys() & {"queue_id", "user_id"}
        return {
            **vals,
            **{
                name: self._fields[name].convert_to_cache(vals[name], self) or False
                for name in names
            },
        }

    def _get_values_with_one_holder(self, vals):
        """Return values after which no lead has both a queue and an owner."""
        if vals.get("user_id") or vals.get("type") == "opportunity":
            if vals.get("queue_id") or any(lead.queue_id for lead in self.sudo()):
                return {**vals, "queue_id": False}
        elif queue_id := vals.get("queue_id"):
            return {**self._get_company_of_queue(queue_id), **vals, "user_id": False}
        return vals

    def _get_company_of_queue(self, queue_id):
        """Return the value by which leads are of a queue's company, if it has one."""
        company = self.env["crm.lead.queue"].sudo().browse(queue_id).company_id
        return {"company_id": company.id} if company else {}

    # ------------------------------------------------------------
    # RETURN
    # ------------------------------------------------------------

    def _put_in_queue(self, queue, kind, reason=False):
        """Put leads in a queue, with an entry of a kind in the history."""
        self.with_context(**{QUEUE_MOVE: QueueMove(kind, reason)}).write(
            {"queue_id": queue.id}
        )

    def _can_return_to_last_queue(self):
        """Tell whether the lead's last queue is in use, and is for the company that the
        lead belongs to by now: a queue takes leads into its own company."""
        self.ensure_one()
        queue = self.sudo().last_queue_id
        return queue.active and queue.company_id.id in (False, self.company_id.id)

    def action_return_to_queue(self):
        """Return the dialog that asks for the queue and the reason."""
        leads = self.filtered(lambda lead: lead._can_return_to_last_queue())
        queue = leads.sudo().last_queue_id
        return self.env["crm.lead.queue.return"]._get_records_action(
            name=self.env._("Put in a queue"),
            target="new",
            context={
                "dialog_size": "medium",
                "default_lead_ids": self.ids,
                "default_queue_id": queue.id if len(queue) == 1 else False,
            },
        )

    # ------------------------------------------------------------
    # NATIVE DOORS THAT MUST KEEP OFF
    # ------------------------------------------------------------

    def _search(self, domain, *args, **kwargs):
        if self.env.context.get("lead_search") is UNQUEUED_ONLY:
            domain = Domain(domain) & Domain("queue_id", "=", False)
        return super()._search(domain, *args, **kwargs)

    def _assign_userless_lead_in_team(self, creation_source):
        """Leave leads in a queue to its members, not to the leader of the team."""
        unqueued = self.filtered(lambda lead: not lead.sudo().queue_id)
        return super(CrmLead, unqueued)._assign_userless_lead_in_team(creation_source)

    def _get_worked_fields(self):
        return super()._get_worked_fields() | {"queue_id"}

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "queue_id", "last_queue_id"]

    def _merge_data(self, fnames=None):
        """Keep the queue only where none of the merged leads has an owner."""
        data = super()._merge_data(fnames)
        if data.get("user_id"):
            data.pop("queue_id", None)
        return data
