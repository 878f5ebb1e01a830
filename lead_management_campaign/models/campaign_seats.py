"""Who has which place in which campaign. No model of its own."""

from dataclasses import dataclass

from odoo import models


@dataclass(eq=False)
class Seat:
    """The place of somebody in a campaign, wished for or taken."""

    campaign_id: int
    lead_id: int = 0
    partner_id: int = 0
    status: models.Model = None  # perhaps none: the first one
    member: models.Model = None  # once it is stored

    def get_values(self):
        """Return the values of the member, as `create` and `write` take them."""
        return {
            "campaign_id": self.campaign_id,
            "lead_id": self.lead_id or False,
            "partner_id": self.partner_id or False,
            **({"status_id": self.status.id} if self.status else {}),
        }

    def get_changes(self):
        """Return the values in which the stored member differs."""
        return {
            name: value
            for name, value in self.get_values().items()
            if self.member[name].id != value
        }


class Seats:
    """The seats of campaigns. A lead has one in each, and so has a contact."""

    def __init__(self, members):
        self._by_somebody = {}
        for member in members:
            self._keep(
                Seat(
                    member.campaign_id.id,
                    member.lead_id.id,
                    member.partner_id.id,
                    member.status_id,
                    member,
                )
            )

    def take(self, wish):
        """Return the seat of whoever wishes for one, a new one if they have none.

        The seat of a contact is shared with the first lead of that contact; other leads
        get seats without contact. A seat moves on to the status wished for, never back.
        """
        seat = self._get(wish, "lead_id")
        of_contact = self._get(wish, "partner_id")
        if not seat and of_contact and not (wish.lead_id and of_contact.lead_id):
            seat = of_contact
            seat.lead_id = seat.lead_id or wish.lead_id
        elif not seat:
            seat = Seat(wish.campaign_id, wish.lead_id)
        if not of_contact:
            seat.partner_id = seat.partner_id or wish.partner_id
        if wish.status and (not seat.status or wish.status._is_after(seat.status)):
            seat.status = wish.status
        self._keep(seat)
        return seat

    def _get(self, wish, name):
        return self._by_somebody.get((wish.campaign_id, name, getattr(wish, name)))

    def _keep(self, seat):
        for name in ("lead_id", "partner_id"):
            if somebody := getattr(seat, name):
                self._by_somebody[seat.campaign_id, name, somebody] = seat
