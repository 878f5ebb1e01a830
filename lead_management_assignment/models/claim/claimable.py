from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES

SHOWN_REFUSALS = 5
# For so long the members of a queue are told who claimed a lead.
TOLD_FOR = timedelta(days=1)


class CrmLead(models.Model):
    """What a person may claim, and the words that say why not."""

    _inherit = "crm.lead"

    can_claim = fields.Boolean(
        compute="_compute_can_claim",
        search="_search_can_claim",
        help="Open and not laid aside, nobody has it, and it is in no queue, or in one"
        " of the current user's, or the user is a sales manager",
    )
    can_return = fields.Boolean(
        compute="_compute_can_claim",
        help="The current user owns it, or is a sales manager",
    )

    def _compute_can_claim(self):
        is_manager = self.env.user.has_group("sales_team.group_sale_manager")
        for lead in self:
            lead.can_claim = (
                lead.type == "lead"
                and not lead.user_id
                and lead.active
                and lead.status_id.category in OPEN_CATEGORIES
                and not lead.is_laid_aside
                and bool(is_manager or not lead.queue_id or lead.queue_id.is_member)
            )
            lead.can_return = bool(
                lead.type == "lead"
                and lead.user_id
                and (is_manager or lead.user_id == self.env.user)
            )

    def _search_can_claim(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_free_domain() & Domain(
            [("user_id", "=", False), ("active", "=", True)]
        )
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            domain &= Domain("queue_id", "=", False) | Domain(
                "is_in_my_queue", "=", True
            )
        return domain if True in value else ~domain

    def _get_free_domain(self):
        """Return which leads wait for somebody to claim them, whoever may: none that
        was laid aside until a day to come."""
        return Domain(
            [
                ("type", "=", "lead"),
                ("status_id.category", "in", OPEN_CATEGORIES),
                ("is_laid_aside", "=", False),
            ]
        )

    def _get_claim_refusal(self):
        """Return why the user can't claim the lead, or an empty text."""
        self.ensure_one()
        queue = self.queue_id
        if self.user_id:
            return self._say_lateness(self.user_id, self.date_open or self.write_date)
        if self.type != "lead" or self.status_category not in OPEN_CATEGORIES:
            return self.env._(
                "“%(lead)s” is closed. Restore it before you claim it.",
                lead=self.display_name,
            )
        if not self.active:
            return self.env._("“%s” is archived.", self.display_name)
        if self._is_cooling_down():
            until = self.queue_date + timedelta(hours=queue.cooldown_hours)
            return self.env._(
                "“%(lead)s” was yours: leave it to others until %(until)s.",
                lead=self.display_name,
                until=self._format_moment(until),
            )
        return ""

    def _say_lateness(self, user, date):
        """Return the text that says who was first, and when."""
        if user.id == self.env.uid:
            return self.env._("“%s” is yours already.", self.display_name)
        return self.env._(
            "“%(lead)s” was claimed by %(user)s on %(date)s.",
            lead=self.display_name,
            user=user.name,
            date=self._format_moment(date),
        )

    def _is_cooling_down(self):
        queue = self.queue_id
        return bool(
            queue
            and self.queue_last_user_id.id == self.env.uid
            and queue.cooldown_hours
            and not self.env.user.has_group("sales_team.group_sale_manager")
            and self.queue_date + timedelta(hours=queue.cooldown_hours)
            > fields.Datetime.now()
        )

    def _get_lost_races(self):
        """Say who has claimed leads that the user sees no more: members of a queue see
        its leads until somebody takes them, and just have seen these.

        :return: a text for each lead
        :raise AccessError: a lead was claimed from none of the user's queues of late
        """
        if not self:
            return []
        claims = (
            self.env["crm.lead.queue.event"]
            .sudo()
            .search(
                [
                    ("lead_id", "in", self.ids),
                    ("kind", "=", "claimed"),
                    ("date", ">", fields.Datetime.now() - TOLD_FOR),
                    ("queue_id.user_ids", "in", self.env.uid),
                ],
                order="id",
            )
        )
        # The last one of each lead
        claims = {claim.lead_id.id: claim for claim in claims}
        self.filtered(lambda lead: lead.id not in claims).check_access("read")
        return [
            self.env._(
                "“%(lead)s” from “%(queue)s” was claimed by %(user)s on %(date)s.",
                lead=claims[lead.id].lead_id.display_name,
                queue=claims[lead.id].queue_id.name,
                user=claims[lead.id].owner_id.name,
                date=self._format_moment(claims[lead.id].date),
            )
            for lead in self
        ]

    def _join_refusals(self, refusals):
        """Return a text of the first refusals, and how many there are beyond."""
        shown = refusals[:SHOWN_REFUSALS]
        if len(refusals) > len(shown):
            shown.append(self.env._("… and %s more.", len(refusals) - len(shown)))
        return "\n".join(shown)

    def _format_moment(self, moment):
        """Return a point in time as the user's clock shows it."""
        return format_datetime(self.env, moment, dt_format="short")


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def _get_next_domain(self):
        """Return which leads of the queue “Claim next” may give to the user."""
        domain = Domain("queue_id", "=", self.id)
        domain &= self.env["crm.lead"]._get_free_domain()
        if self.cooldown_hours and not self.env.user.has_group(
            "sales_team.group_sale_manager"
        ):
            cool = fields.Datetime.now() - timedelta(hours=self.cooldown_hours)
            domain &= Domain("queue_last_user_id", "!=", self.env.uid) | Domain(
                "queue_date", "<=", cool
            )
        return domain
