from contextlib import contextmanager
from unittest.mock import patch

NUMBERS = (1, 3, 60)  # where leads are worked on: one by one, together, as many


class NeighbourCase:
    """What another app has on leads, and what it sees of them, for test cases."""

    @contextmanager
    def looking(self):
        """Note the leads that `create` and `write` of the other app are given."""
        seen = []
        with patch.object(self.registry["crm.lead"], "neighbour_seen", seen):
            yield seen

    def assertSeen(self, seen, leads, *names):
        """Check that the other app saw every lead, written with one of the fields."""
        self.env.flush_all()
        known = {
            lead_id
            for ids, written in seen
            if not names or written.intersection(names)
            for lead_id in ids
        }
        self.assertFalse(
            set(leads.ids) - known,
            f"Of {len(leads)} leads, write() saw {len(known & set(leads.ids))}.",
        )

    def put_on(self, leads):
        """Give each lead values of its own in the fields of the other app, but for
        each third one, which has none."""
        for number, lead in enumerate(leads):
            if number % 3 != 2:
                lead.write(self.values_of(number))
        self.env.flush_all()
        self.env.invalidate_all()

    def values_of(self, number):
        if number % 3 == 2:
            return {
                "neighbour_note": False,
                "neighbour_score": 0,
                "neighbour_price": 0.0,
                "neighbour_level": False,
            }
        return {
            "neighbour_note": f"Note {number}",
            "neighbour_score": number + 1,
            "neighbour_price": number + 0.5,
            "neighbour_level": f"Level {number}",
        }

    def assertKept(self, leads):
        """Check that every lead has what `put_on` gave it, and its owner's name."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(
            leads,
            [
                {**self.values_of(number), "neighbour_owner": lead.user_id.name}
                for number, lead in enumerate(leads)
            ],
        )
