from odoo import models

from .offers import Offers


class CrmLeadAssignmentSimulation(models.Model):
    """How a draft is tried: leads are asked about in parts, then handed out at once.

    Somebody may change the draft, or the rule, while it is tried in the background. So
    each part knows what the entries were that it was asked of; a part that was asked of
    others than those at the end is asked again then, and all of the result is of the
    same entries.
    """

    _inherit = "crm.lead.assignment.simulation"

    def _look_at(self, numbers):
        """Ask the entries about a part of the leads.

        :param numbers: their places in `lead_ids`, one after another
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
        return simulation.env["crm.lead.assignment.simulation.part"].create(
            {
                "simulation_id": simulation.id,
                "first": numbers[0],
                "size": len(numbers),
                "asked": simulation._get_asked(),
                "arrivals": arrivals,
                "unknown_fields": sorted(offers.unknown),
            }
        )

    def _get_asked(self):
        """Return by what it is told whether the entries are still the same."""
        return [
            [entry.id, str(entry.write_date)]
            for rule in (self.base_id, self.rule_id)
            for entry in rule.entry_ids
        ]

    def _get_parts(self):
        """Return the parts, all of the entries as they are now."""
        parts = self.env["crm.lead.assignment.simulation.part"].search(
            [("simulation_id", "=", self.id)]
        )
        self.env.invalidate_all()
        asked = self._get_asked()
        for part in parts.filtered(lambda part: part.asked != asked):
            numbers = range(part.first, part.first + part.size)
            parts = parts - part | self._look_at(numbers)
            part.unlink()
        return parts.sorted("first")

    def _finish(self):
        """Hand out the leads by both rules, and keep what differs."""
        simulation = self.sudo()
        parts = simulation._get_parts()
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
