from collections import Counter
from datetime import datetime, timedelta, timezone

import pytz

from odoo import models

from odoo.addons.lead_management_assignment.models.crm_lead_assignment.entry_target import (  # noqa: E501
    IN_TURN,
)

from ...tools.replay import (
    NOBODY,
    QUEUE,
    USER,
    Arrival,
    Offer,
    Person,
    Replay,
    Rotation,
)
from .offers import Offers

CAPACITY_DAYS = 30  # of which native says how many leads a member may get


class CrmLeadAssignmentSimulation(models.Model):
    """How a draft is tried: leads are asked about in parts, then handed out at once."""

    _inherit = "crm.lead.assignment.simulation"

    def _look_at(self, numbers):
        """Ask the entries about a part of the leads.

        :param list numbers: their places in `lead_ids`
        """
        simulation = self.sudo()
        # Read once: each look at it copies all of it.
        ids = simulation.lead_ids
        leads = simulation.env["crm.lead"].browse(ids[number] for number in numbers)
        leads = leads.exists()
        # Written to the database, and the entries in their order
        self.env.invalidate_all()
        offers = Offers(leads)
        offers.go_back((simulation.base_id | simulation.rule_id).entry_ids)
        before = offers.find(simulation.base_id)
        after = offers.find(simulation.rule_id)
        arrivals = [
            (
                lead.id,
                lead.create_date.isoformat(),
                lead.company_id.id or 0,
                before[lead.id],
                after[lead.id],
            )
            for lead in leads
        ]
        # They are what they are again.
        self.env.invalidate_all(flush=False)
        simulation.env["crm.lead.assignment.simulation.part"].create(
            {
                "simulation_id": simulation.id,
                "first": numbers[0],
                "arrivals": arrivals,
                "unknown_fields": sorted(offers.unknown),
            }
        )

    def _finish(self):
        """Hand out the leads by both rules, and keep what differs."""
        simulation = self.sudo()
        parts = simulation.env["crm.lead.assignment.simulation.part"].search(
            [("simulation_id", "=", simulation.id)]
        )
        rows = [row for part in parts for row in part.arrivals or ()]
        unknown = {name for part in parts for name in part.unknown_fields or ()}
        before = simulation._replay(simulation.base_id, rows, 3)
        after = simulation._replay(simulation.rule_id, rows, 4)
        simulation._keep_lines(before, after)
        moved = simulation._keep_moves(rows, before, after)
        worst_before, off_before = before.find_largest_deviation()
        worst_after, off_after = after.find_largest_deviation()
        simulation.write(
            {
                "is_done": True,
                "lead_ids": False,
                "unknown_fields": sorted(unknown),
                "deviation_user_before_id": worst_before or False,
                "deviation_before": off_before,
                "deviation_user_after_id": worst_after or False,
                "deviation_after": off_after,
                "moved_count": moved,
            }
        )
        parts.unlink()

    # ------------------------------------------------------------
    # HANDING OUT
    # ------------------------------------------------------------

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
        rotations = {
            entry.id: Rotation(
                of_entry.ids,
                entry.by_share
                or len({people[user_id].weight for user_id in of_entry.ids}) > 1,
                self._get_rooms(entry) if entry.target == "team" else None,
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

    # ------------------------------------------------------------
    # RESULTS
    # ------------------------------------------------------------

    def _get_entry_keys(self):
        """Return by which entry of the rule before each entry counts, by id."""
        before = set(self.base_id.entry_ids.ids)
        return {
            entry.id: entry.original_id.id
            if entry.original_id.id in before
            else entry.id
            for entry in self.rule_id.entry_ids
        }

    def _keep_lines(self, before, after):
        keys = self._get_entry_keys()
        lines = self._get_entry_lines(before, after, keys)
        holders = {}
        for at, replay in enumerate((before, after)):
            for placement in replay.placements:
                if placement.kind == NOBODY:
                    continue
                key = placement.kind, placement.holder
                holders.setdefault(key, [0, 0])[at] += 1
        for user_id in {*before.entitled, *after.entitled}:
            holders.setdefault((USER, user_id), [0, 0])
        for (kind, holder), counts in holders.items():
            is_user = kind == USER
            lines.append(
                {
                    "kind": kind,
                    "sequence": 1000 if is_user else 2000,
                    "user_id": is_user and holder,
                    "queue_id": not is_user and holder,
                    "entitled": is_user and after.entitled.get(holder, 0),
                    "turned": is_user and after.turned[holder],
                    "before": counts[0],
                    "after": counts[1],
                }
            )
        self.env["crm.lead.assignment.simulation.line"].create(
            [
                {
                    **line,
                    "simulation_id": self.id,
                    "change": line["after"] - line["before"],
                }
                for line in lines
            ]
        )

    def _get_entry_lines(self, before, after, keys):
        counts = [
            Counter(
                (keys.get(one.entry, one.entry), one.kind if not one.entry else "")
                for one in replay.placements
            )
            for replay in (before, after)
        ]
        lines = []
        shown = {keys[entry.id]: entry for entry in self.rule_id.entry_ids}
        gone = self.base_id.entry_ids.filtered(lambda entry: entry.id not in shown)
        named = [*shown.items(), *((entry.id, entry) for entry in gone)]
        for sequence, (key, entry) in enumerate(named):
            lines.append(
                {
                    "kind": "entry",
                    "sequence": min(sequence, 900),
                    "entry_name": entry.name,
                    "before": counts[0][key, ""],
                    "after": counts[1][key, ""],
                }
            )
        for kind, of_placement in (("default", USER), (NOBODY, NOBODY)):
            numbers = [count[0, of_placement] for count in counts]
            if any(numbers) or kind == NOBODY:
                lines.append(
                    {
                        "kind": kind,
                        "sequence": 901,
                        "before": numbers[0],
                        "after": numbers[1],
                    }
                )
        return lines

    def _keep_moves(self, rows, before, after):
        """Keep the leads that change hands.

        :return: how many there are
        """
        keys = self._get_entry_keys()
        names = {
            entry.id: entry.name for entry in (self.base_id | self.rule_id).entry_ids
        }
        moves = []
        for row, was, becomes in zip(
            rows, before.placements, after.placements, strict=True
        ):
            if (was.kind, was.holder) == (becomes.kind, becomes.holder):
                continue
            moves.append(
                {
                    "simulation_id": self.id,
                    "lead_id": row[0],
                    "is_other_entry": keys.get(becomes.entry, becomes.entry)
                    != keys.get(was.entry, was.entry),
                    "entry_before": names.get(was.entry),
                    "entry_after": names.get(becomes.entry),
                    "user_before_id": was.kind == USER and was.holder,
                    "user_after_id": becomes.kind == USER and becomes.holder,
                    "queue_before_id": was.kind == QUEUE and was.holder,
                    "queue_after_id": becomes.kind == QUEUE and becomes.holder,
                }
            )
        leads = self.env["crm.lead"].browse(move["lead_id"] for move in moves)
        there = set(leads.exists().ids)
        moves = [move for move in moves if move["lead_id"] in there]
        self.env["crm.lead.assignment.simulation.move"].create(moves)
        return len(moves)
