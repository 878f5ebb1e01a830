from collections import Counter

from odoo import models

from ...tools.replay import NOBODY, QUEUE, USER
from .simulation_line import LEFT

# Where lines of people, queues and what nobody has come: after those of entries
SEQUENCES = {USER: 1000, QUEUE: 2000, LEFT: 3000}


class CrmLeadAssignmentSimulation(models.Model):
    """What is kept of a simulation: who gets how many leads, and which change hands."""

    _inherit = "crm.lead.assignment.simulation"

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
        holders = {(LEFT, 0): [0, 0]}
        for at, replay in enumerate((before, after)):
            for placement in replay.placements:
                key = placement.kind, placement.holder
                if placement.kind == NOBODY:
                    key = LEFT, 0
                holders.setdefault(key, [0, 0])[at] += 1
        for user_id in {*before.entitled, *after.entitled}:
            holders.setdefault((USER, user_id), [0, 0])
        for (kind, holder), counts in holders.items():
            is_user = kind == USER
            lines.append(
                {
                    "kind": kind,
                    "sequence": SEQUENCES[kind],
                    "user_id": is_user and holder,
                    "queue_id": kind == QUEUE and holder,
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
        """Keep the leads that change hands; return how many there are."""
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
