from datetime import datetime, timedelta, timezone

import pytz

from odoo import models

from odoo.addons.lead_management_assignment.models.crm_lead_assignment.entry_target import (  # noqa: E501
    IN_TURN,
)

from ...tools.replay import Arrival, Offer, Person, Replay, Rotation

CAPACITY_DAYS = 30  # of which native says how many leads a member may get


class CrmLeadAssignmentSimulation(models.Model):
    """What a rule would have done: its leads are handed out to those who were there."""

    _inherit = "crm.lead.assignment.simulation"

    def _replay(self, rule, rows, at):
        """Return the `Replay` of a rule.

        :param rows: the arrivals of all parts, in order
        :param int at: where in a row the offers of the rule are
        """
        arrivals = [
            Arrival(
                row[0],
                datetime.fromisoformat(row[1]),
                row[2],
                [Offer(*offer) for offer in row[at]],
            )
            for row in rows
        ]
        turns = rule.entry_ids.filtered(lambda entry: entry.target in IN_TURN)
        members = {entry: entry._get_users_in_turn() for entry in turns}
        users = self.env["res.users"].union(*members.values())
        people = self._get_people(users, arrivals)
        # What an entry gives to the members of a team, others can't give them any more.
        rooms = {
            of_entry.team_id: self._get_rooms(of_entry)
            for of_entry in turns
            if of_entry.target == "team"
        }
        rotations = {
            entry.id: Rotation(
                of_entry.ids,
                entry.by_share
                or len({people[user_id].weight for user_id in of_entry.ids}) > 1,
                rooms[entry.team_id] if entry.target == "team" else None,
            )
            for entry, of_entry in members.items()
        }
        leads = self.env["crm.lead"]
        companies = {row[2] for row in rows}
        owners = {
            company_id: leads._get_default_owner(
                self.env["res.company"].browse(company_id or ())
            ).id
            or 0
            for company_id in companies
        }
        replay = Replay(rotations, people, owners)
        replay.run(arrivals)
        return replay

    def _get_rooms(self, entry):
        """Return how many leads each member of the team may get in all these days."""
        months = max(self.days / CAPACITY_DAYS, 1)
        return {
            member.user_id.id: round(member.assignment_max * months)
            for member in entry._get_members()
        }

    def _get_people(self, users, arrivals):
        """Return the `Person` of each user, by id."""
        if not users or not arrivals:
            return {}
        start, end = arrivals[0].moment, arrivals[-1].moment + timedelta(seconds=1)
        lines = {
            line.user_id: line
            for line in self.env["crm.lead.assignee"].search(
                [("user_id", "in", users.ids)]
            )
        }
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id.user_id", "in", users.ids),
                ("time_type", "=", "leave"),
                ("date_from", "<=", end),
                ("date_to", ">=", start),
            ]
        )
        hours = self._get_hours(lines.values(), start, end)
        return {
            user.id: Person(
                lines[user].weight if user in lines else 1.0,
                frozenset(user.company_ids.ids),
                hours.get(user.id),
                [
                    (leave.date_from, leave.date_to)
                    for leave in leaves
                    if leave.resource_id.user_id == user
                ],
            )
            for user in users
        }

    def _get_hours(self, assignees, start, end):
        """Return when those who have working hours worked, by user id."""
        hours, by_calendar = {}, {}
        for line in assignees:
            calendar = line.calendar_id
            if not calendar:
                continue
            key = calendar, line.user_id.tz or calendar.tz or "UTC"
            if key not in by_calendar:
                intervals = calendar._work_intervals_batch(
                    start.replace(tzinfo=timezone.utc),
                    end.replace(tzinfo=timezone.utc),
                    tz=pytz.timezone(key[1]),
                )[False]
                by_calendar[key] = [
                    tuple(
                        moment.astimezone(timezone.utc).replace(tzinfo=None)
                        for moment in interval[:2]
                    )
                    for interval in intervals
                ]
            hours[line.user_id.id] = by_calendar[key]
        return hours
