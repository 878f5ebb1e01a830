from odoo import models
from odoo.exceptions import UserError

from ..crm_lead.queue_history import QUEUE_MOVE, QueueMove


class CrmLead(models.Model):
    """Leads that somebody gets by another way than claiming, so that no list, no
    conversion, no merge and no API call leads around the limits of queues."""

    _inherit = "crm.lead"

    def write(self, vals):
        if not self._is_move_of_a_member(vals):
            return super().write(vals)
        vals = self._read_holder_values(vals)
        user = taker = self.env.user
        leads = self.sudo()
        if vals.get("user_id"):
            taker = user.browse(vals["user_id"])
            taken = leads.filtered(lambda lead: lead.user_id != taker)
        elif vals.get("type") == "opportunity":
            taken = leads.filtered(lambda lead: not lead.user_id)
        else:
            if not vals.get("queue_id", True):
                self._check_not_queued()
            return super().write(vals)
        # Giving a lead to somebody else is no claim, but counts for them.
        claimed = taken.filtered("queue_id") if taker == user else taken.browse()
        counted = self._take(taken, taker, claimed)
        moving = self
        if claimed or counted:
            move = QueueMove(bool(claimed) and "claimed", counted=counted)
            moving = self.with_context(**{QUEUE_MOVE: move})
        unqueued = taken.filtered(lambda lead: not lead.queue_id)
        result = super(CrmLead, moving).write(vals)
        unqueued._log_counted(taker, counted)
        return result

    def copy(self, default=None):
        queued = self.sudo().filtered("queue_id")
        if queued and not self._is_free_to_move():
            self.check_access("read")
            raise UserError(
                self.env._(
                    "“%(lead)s” waits in “%(queue)s”. Claim it before you duplicate it,"
                    " or ask a sales manager.",
                    lead=queued[0].display_name,
                    queue=queued[0].queue_id.name,
                )
            )
        return super().copy(default)

    def _become_archived(self, plans):
        leads = self.browse([plan.lead.id for plan in plans])
        taken = leads.sudo().filtered(lambda lead: not lead.user_id)
        counted = leads._take(taken, self.env.user, taken.filtered("queue_id"))
        result = super()._become_archived(plans)
        taken._log_counted(self.env.user, counted)
        return result

    def _merge_dependences(self, opportunities):
        known = self.sudo()
        taker = known.user_id or self.env.user
        taken = opportunities.sudo().filtered(lambda lead: lead.user_id != taker)
        counted = opportunities._take(taken, taker, self.browse())
        result = super()._merge_dependences(opportunities)
        for entry in counted.values():
            known._log_counted(taker, {self.id: entry})
        return result

    def _take(self, taken, taker, claimed):
        """Ask whether somebody may get some of the leads, and count these.

        :param taken: those that change hands, in sudo
        :param claimed: which of them the current user claims, in sudo
        :return: the leads as the history notes them, see `_split_by_claim`
        """
        if self._is_free_to_move():
            return {}
        _granted, refusals, counted = taken._split_by_claim(taker, claimed)
        if refusals:
            self.check_access("write")  # a refusal names leads
            raise UserError(self._join_refusals(refusals))
        return counted

    def _is_move_of_a_member(self, vals):
        """Tell whether values may give leads that are or were in a queue to somebody,
        take them off it or make opportunities of them."""
        return (
            bool(vals.keys() & {"queue_id", "user_id", "type"})
            and any(lead.queue_id or lead.last_queue_id for lead in self.sudo())
            and not self._is_free_to_move()
        )

    def _is_free_to_move(self):
        """Tell whether leads may be moved as one likes: sales managers have no limits,
        and moves of this addon's own have been asked already."""
        return (
            self.env.su
            or isinstance(self.env.context.get(QUEUE_MOVE), QueueMove)
            or self.env.user.has_group("sales_team.group_sale_manager")
        )

    def _check_not_queued(self):
        """Refuse to take leads off their queues for nobody."""
        queued = self.sudo().filtered("queue_id")
        if not queued:
            return
        self.check_access("write")
        raise UserError(
            self.env._(
                "“%(lead)s” leaves “%(queue)s” when somebody claims it. Claim it,"
                " or ask a sales manager to take it off.",
                lead=queued[0].display_name,
                queue=queued[0].queue_id.name,
            )
        )
