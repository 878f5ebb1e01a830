from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo.fields import Domain

from ..tools.working_time import ALWAYS, Period, WorkingTime


class WorkingTimes:
    """When companies and people work, read at once for all who are asked for.

    Somebody without a calendar of their own works when their company does; who has
    flexible hours does, too. A company without hours works around the clock.
    """

    def __init__(self, env):
        self.env = env(su=True)

    def get(self, asked, since):
        """Return the `WorkingTime` of each pair.

        :param asked: pairs of a `res.company` and a `res.users`; without a user, the
            company's own hours are meant
        :param datetime since: holidays and absences that ended before are left out
        """
        resources = self._get_resources(asked)
        leaves = self._get_leaves(resources.values(), since)
        return {
            (company, user): self._make(company, resources.get((company, user)), leaves)
            for company, user in asked
        }

    def _get_resources(self, asked):
        """Return the resource of a user in a company, by the pair of both."""
        users = self.env["res.users"].union(*(user for _company, user in asked))
        if not users:
            return {}
        found = self.env["resource.resource"].search(
            [("user_id", "in", users.ids)], order="id desc"
        )
        by_pair = {(one.company_id, one.user_id): one for one in found}
        return {pair: by_pair[pair] for pair in asked if pair in by_pair}

    def _get_leaves(self, resources, since):
        ids = [resource.id for resource in resources]
        return self.env["resource.calendar.leaves"].search(
            Domain("date_to", ">=", since)
            & Domain("time_type", "=", "leave")
            & Domain("resource_id", "in", [False, *ids])
        )

    def _make(self, company, resource, leaves):
        calendar = self._get_calendar(company, resource)

        def counts(leave):
            if leave.resource_id:
                return leave.resource_id == resource
            if leave.calendar_id:
                return leave.calendar_id == calendar
            return leave.company_id == company

        # In the hours of the company, somebody is there when the company is.
        is_own = resource and resource.calendar_id == calendar
        return WorkingTime(
            get_zone((resource if is_own else calendar).tz),
            self._get_periods(calendar) if calendar else ALWAYS,
            [(leave.date_from, leave.date_to) for leave in leaves if counts(leave)]
            if company
            else (),
        )

    def _get_calendar(self, company, resource):
        """Return the first calendar that has hours: one's own or the company's."""
        own = resource.calendar_id if resource else self.env["resource.calendar"]
        for calendar in own + company.sudo().resource_calendar_id:
            if not calendar.flexible_hours and self._get_periods(calendar):
                return calendar
        return own.browse()

    def _get_periods(self, calendar):
        return [
            Period(
                int(line.dayofweek),
                round(line.hour_from * 60),
                round(line.hour_to * 60),
                int(line.week_type) if calendar.two_weeks_calendar else None,
            )
            for line in calendar.attendance_ids
            if not line.display_type and line.day_period != "lunch"
        ]


def get_zone(name):
    """Return the time zone of a name, and UTC for one that the machine doesn't know."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return ZoneInfo("UTC")
