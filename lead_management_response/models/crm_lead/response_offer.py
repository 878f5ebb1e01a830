from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.lead_management_assignment.tools import lead_index


class CrmLead(models.Model):
    """A lead that nobody answered is offered to one person after the other.

    Meanwhile nobody owns it, and only the person may claim it, or a sales manager.
    Who passes, or has not accepted in time, has had their turn: the next one is asked.
    When everybody was, the lead goes back to its queue, else to the leader of its team,
    else it is free for everybody.

    Accepting, passing and the scheduled action that ends an offer meet at the row of
    the lead: the first to lock it wins. The transaction of the others is too old then,
    and is repeated with what there is by now.
    """

    _inherit = "crm.lead"

    offer_user_id = fields.Many2one(
        "res.users",
        "Offered To",
        copy=False,
        readonly=True,
        system=True,
        help="Who may accept the lead or pass, after nobody answered it",
    )
    offer_until = fields.Datetime(
        "Accept By",
        copy=False,
        readonly=True,
        system=True,
        help="After that, the lead is offered to the next in turn",
    )
    offer_tried = fields.Json(
        "Had Their Turn",
        copy=False,
        readonly=True,
        system=True,
        help="The ids of the users who had the lead, or were offered it",
    )

    # To whom a lead is offered is asked of all that can be claimed.
    _holder_idx = models.Index(lead_index.of_holder("offer_user_id"))
    _queue_best_idx = models.Index(lead_index.of_queue("offer_user_id"))
    # Of offers that end, and of those to somebody: there are few at a time
    _offer_until_idx = models.Index(
        "(offer_until, offer_user_id) WHERE offer_until IS NOT NULL"
    )

    # ------------------------------------------------------------
    # WHO MAY HAVE IT
    # ------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_can_claim(self):
        super()._compute_can_claim()
        if self.env.user.has_group("sales_team.group_sale_manager"):
            return
        for lead in self.filtered("can_claim"):
            taker = lead.sudo().offer_user_id
            lead.can_claim = not taker or taker == self.env.user

    def _search_can_claim(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = super()._search_can_claim("in", [True])
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            domain &= Domain("offer_user_id", "in", [False, self.env.uid])
        return domain if True in value else ~domain

    def _get_claim_refusal(self):
        refusal = super()._get_claim_refusal()
        taker = self.offer_user_id
        if refusal or not taker or taker == self.env.user:
            return refusal
        if self.env.user.has_group("sales_team.group_sale_manager"):
            return refusal
        return self.env._(
            "“%(lead)s” is offered to %(user)s until %(time)s.",
            lead=self.display_name,
            user=taker.name,
            time=format_datetime(self.env, self.offer_until, dt_format="short"),
        )

    def _get_left_domain(self):
        return super()._get_left_domain() & Domain("offer_user_id", "=", False)

    def write(self, vals):
        result = super().write(vals)
        is_taken = vals.get("user_id") or vals.get("queue_id")
        if (
            is_taken
            or not vals.get("active", True)
            or vals.get("type") == "opportunity"
        ):
            self._withdraw_offers()
        return result

    def _write_status(self, status, because=None):
        result = super()._write_status(status, because)
        if status.category in ("recycled", "converted", "dead"):
            self._withdraw_offers()
        return result

    def _withdraw_offers(self):
        """Let offers be over: the leads have gone to somebody, or are closed."""
        offered = self.sudo().filtered(
            lambda lead: lead.offer_user_id or lead.offer_tried
        )
        if offered:
            offered._as_system().write(
                {"offer_user_id": False, "offer_until": False, "offer_tried": False}
            )
