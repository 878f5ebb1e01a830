"""Whether a day has come that somebody chose: where they live, not where the server is
or who runs the scheduled action."""

from datetime import timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from odoo import fields
from odoo.fields import Domain


def get_due_domain(day_name, user_name, days_after=0):
    """Return of which records the day has come, in the time zone of their user.

    In the one of the server where there is no user, or nobody knows his time zone.

    :param str day_name: the field with the day
    :param str user_name: the field with the user
    :param int days_after: how many days after it count as its day
    """
    now = fields.Datetime.now().replace(tzinfo=timezone.utc)
    today = now.date()
    ahead, behind = [], []
    for known in _get_zones():
        there = now.astimezone(known).date()
        if there != today:
            (ahead if there > today else behind).append(known.key)
    day, zone = today - timedelta(days=days_after), f"{user_name}.tz"
    return Domain.OR(
        [
            Domain(day_name, "<", day),
            Domain(day_name, "=", day)
            & (Domain(user_name, "=", False) | Domain(zone, "not in", behind)),
            Domain(day_name, "=", day + timedelta(days=1)) & Domain(zone, "in", ahead),
        ]
    )


@cache
def _get_zones():
    """Return the time zones that there are: a file each, which nobody wants to read
    with every lead that is assigned."""
    return [ZoneInfo(name) for name in sorted(available_timezones())]


def get_today_of(user):
    """Return which day it is where a user lives."""
    return fields.Date.context_today(user.with_context(tz=user.sudo().tz or "UTC"))
