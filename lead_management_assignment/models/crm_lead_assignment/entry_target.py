from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

IN_TURN = ("rotation", "team")
# Whose leads have somebody to go to whoever is away or busy
ALWAYS = ("user", "queue")


class CrmLeadAssignmentRuleEntry(models.Model):
    """The target of an entry: who gets its leads, and what is wrong with that."""

    _inherit = "crm.lead.assignment.rule.entry"

    @api.constrains("target", "user_id", "user_ids", "queue_id", "team_id")
    def _check_target(self):
        for entry in self:
            if not entry._has_target():
                raise ValidationError(
                    self.env._(
                        "Choose who gets the leads of the entry “%(entry)s”.",
                        entry=entry.name,
                    )
                )

    def _has_target(self):
        """Tell whether it is said who gets the leads."""
        return bool(self._get_target())

    def _get_target(self):
        """Return the record, or the users, that the entry gives leads to."""
        self.ensure_one()
        return {
            "user": self.user_id,
            "rotation": self.user_ids,
            "queue": self.queue_id,
            "team": self.team_id,
        }.get(self.target)

    def _get_target_problem(self):
        """Say why nobody can get leads by the entry, whatever the lead; or False."""
        target = self._get_target()
        if not target:
            return self.env._("nobody is chosen")
        target = target.sudo()
        if self.target == "rotation":
            if not target.filtered("active"):
                return self.env._("everybody in the rotation is archived")
        elif not target.active:
            return self.env._("%(target)s is archived", target=target.display_name)
        elif self.target == "team" and not self._get_members():
            return self.env._(
                "%(team)s has no members with a capacity who take part in assignment",
                team=target.display_name,
            )
        return False

    def _get_members(self):
        """Return the memberships of the team that take part in assignment."""
        return self.team_id.sudo().crm_team_member_ids.filtered(
            lambda member: (
                member.assignment_max > 0
                and not member.assignment_optout
                and member.user_id.active
            )
        )

    def _get_users_in_turn(self):
        """Return the users that get leads in turn, whether or not they are there."""
        self.ensure_one()
        if self.target == "rotation":
            return self.user_ids.sudo().filtered("active")
        if self.target == "team":
            return self._get_members().user_id
        return self.env["res.users"]

    def _is_by_share(self, turns, users):
        """Tell whether the entry hands out leads by share, and not in turn."""
        return self.by_share or turns.is_weighted(users.ids)

    def _get_rooms(self):
        """Return how many more leads each member of the team may get, by user id.

        Native counts what a member got in the team in 30 days against the capacity.
        """
        members = self._get_members()
        # Computed, and not known to change with what was given to them just before.
        members.invalidate_recordset(["lead_month_count"])
        return Counter(
            {
                member.user_id.id: member.assignment_max - member.lead_month_count
                for member in members
            }
        )

    def _can_serve(self, company):
        """Tell whether the target may have leads of a company; without one, always."""
        target = self._get_target().sudo()
        if not company:
            return True
        if self.target == "user":
            return company in target.company_ids
        if self.target in ("queue", "team") and target.company_id:
            return company == target.company_id
        return True

    def _get_queues(self):
        """Return the queues that the entries put leads into."""
        return self.filtered(lambda entry: entry.target == "queue").queue_id

    def _check_not_named(self, field_name, records):
        """Refuse to delete records that entries give leads to."""
        entries = self.sudo().with_context(active_test=False)
        entry = entries.search([(field_name, "in", records.ids)], limit=1)
        if not entry:
            return
        entry = entry.with_env(self.env)
        seen = entry._filtered_access("read")
        name = entry.sudo()[field_name].display_name
        if not seen:
            raise UserError(
                self.env._(
                    "“%(name)s” can't be deleted: an assignment rule that you may not"
                    " open gives leads to it. Archive it instead.",
                    name=name,
                )
            )
        raise UserError(
            self.env._(
                "“%(name)s” can't be deleted: the entry “%(entry)s” of the assignment"
                " rule “%(rule)s” gives leads to it. Change the entry, or archive"
                " “%(name)s”.",
                name=name,
                entry=entry.name,
                rule=entry.rule_id.name,
            )
        )
