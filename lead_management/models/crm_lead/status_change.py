from odoo import models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_list

from .status import FOLLOWS, OPEN_CATEGORIES


class CrmLead(models.Model):
    """A person moves leads to a status."""

    _inherit = "crm.lead"

    def write(self, vals):
        if "status_id" in vals and not self._is_status_written():
            return self._write_status_of_person(vals)
        return super().write(vals)

    def action_set_status(self, status_id):
        """Move leads to a status as a person clicks it on the status path.

        :param int status_id: the status to move to
        :return: the action that asks for what the move needs (a lost reason, the
            conversion), or False when the move is done
        :raise UserError: the move is not allowed; names the moves that are
        """
        status = self.env["crm.lead.status"]._get_chosen(status_id)
        self._check_status_transition(status)
        if status.category == "dead":
            return self.action_open_lost()
        if status.category == "converted":
            return self.action_open_convert()
        self.status_id = status
        return False

    def _write_status_of_person(self, vals):
        vals = dict(vals)
        status = self.env["crm.lead.status"].browse(vals.pop("status_id") or ())
        if not status:
            raise UserError(
                self.env._("A lead always has a status: choose one of the status path.")
            )
        moved = self.filtered(lambda lead: lead.status_id != status)
        moved._check_status_transition(status)
        moved._check_status_needs(status, vals)
        if vals:
            self.write(vals)
        if status.category == "dead":
            moved.filtered(lambda lead: lead.won_status != "lost").action_set_lost()
        elif status.category in OPEN_CATEGORIES:
            lost = moved.filtered(lambda lead: lead.won_status == "lost")
            # It goes where the person says, not to the status it had.
            lost.with_context(lead_status=FOLLOWS).action_restore()
        moved._write_status(status)
        return True

    def _check_status_transition(self, status):
        """Refuse moves that the statuses don't allow to the current user."""
        self._check_not_closed()
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        for lead in self:
            current = lead.status_id
            if not current or status == current or status in current.next_status_ids:
                continue
            if current.next_status_ids:
                way_on = self.env._(
                    "From there it can go to %(statuses)s.",
                    statuses=format_list(
                        self.env, current.next_status_ids.mapped("name"), style="or"
                    ),
                )
            else:
                way_on = self.env._("Only a sales manager can move it from there.")
            raise UserError(
                self.env._(
                    "“%(lead)s” is %(current)s and can't become %(target)s. %(way_on)s",
                    lead=lead.display_name,
                    current=current.name,
                    target=status.name,
                    way_on=way_on,
                )
            )

    def _check_status_needs(self, status, vals):
        """Ask for what a move needs besides the status, when a person makes it.

        :raise RedirectWarning: with the way to the lost reason or to the conversion
        :raise UserError: the record is an opportunity and has left the path
        """
        if self.env.su or not self:
            return
        opportunities = self.filtered(lambda lead: lead.type == "opportunity")
        if opportunities:
            raise UserError(
                self.env._(
                    "“%(name)s” is an opportunity: move it by its stage.",
                    name=opportunities[0].display_name,
                )
            )
        if status.category == "converted" and vals.get("type") != "opportunity":
            raise self._get_way_to_convert(
                self.env._(
                    "A lead becomes %(status)s when it is converted to an account.",
                    status=status.name,
                )
            )
        if status.category == "dead" and not (
            vals.get("lost_reason_id")
            or all(lead.lost_reason_id or lead.won_status == "lost" for lead in self)
        ):
            raise RedirectWarning(
                self.env._(
                    "A lead becomes %(status)s with a lost reason.", status=status.name
                ),
                self.env.ref("crm.crm_lead_lost_action").id,
                self.env._("Choose a lost reason"),
                self.action_open_lost()["context"],
            )
