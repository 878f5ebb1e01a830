from datetime import timedelta, timezone

import pytz

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.lead_management.models.due_day import get_due_domain


class CrmLeadAssignee(models.Model):
    """Who is there, and who is away and why."""

    _inherit = "crm.lead.assignee"

    def _get_absences(self, users):
        """Tell who of the users gets no leads in turn now, and why: reasons by user id;
        a user who is there has none."""
        absences = {}
        now = fields.Datetime.now()
        paused = (
            users.env["crm.team.member"]
            .sudo()
            ._read_group(
                [("user_id", "in", users.ids)],
                ["user_id"],
                ["assignment_optout:bool_and"],
            )
        )
        for user, everywhere in paused:
            if everywhere:
                absences[user.id] = self.env._("paused in the sales team")
        leaves = self.env["resource.calendar.leaves"].sudo()
        for leave in leaves.search(
            [
                ("resource_id.user_id", "in", users.ids),
                ("time_type", "=", "leave"),
                ("date_from", "<=", now),
                ("date_to", ">=", now),
            ]
        ):
            absences[leave.resource_id.user_id.id] = self.env._("on leave")
        is_away = Domain("away_until", "!=", False)
        is_away &= ~get_due_domain("away_until", "user_id", days_after=1)
        has_hours = Domain("calendar_id", "!=", False)
        found = self.sudo().search(
            Domain("user_id", "in", users.ids) & (is_away | has_hours)
        )
        closed = found._filter_closed(now)
        for assignee in closed:
            absences[assignee.user_id.id] = self.env._("outside of working hours")
        # Who has hours may have been away once.
        away = found.filtered("away_until")
        if found.calendar_id:
            away = away.filtered_domain(is_away)
        for assignee in away:
            absences[assignee.user_id.id] = self.env._(
                "away until %(date)s", date=format_date(self.env, assignee.away_until)
            )
        for user in users.sudo():
            if user.is_out_of_office:
                absences[user.id] = self.env._("out of office")
            if not user.active:
                absences[user.id] = self.env._("archived")
        return absences

    def _filter_closed(self, moment):
        """Return those who don't work at a moment, by their calendar.

        Asked once for each calendar and time zone.

        :param datetime moment: naive and UTC
        """
        closed = self.browse()
        start = moment.replace(tzinfo=timezone.utc)
        end = start + timedelta(seconds=1)
        for (calendar, tz), assignees in self.grouped(
            lambda one: (one.calendar_id, one.user_id.tz)
        ).items():
            if calendar and not calendar._work_intervals_batch(
                start, end, tz=pytz.timezone(tz or calendar.tz or "UTC")
            ).get(False):
                closed |= assignees
        return closed
