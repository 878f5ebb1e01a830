from odoo import models

from odoo.addons.lead_management.models.lead_notice import get_notice

from ...models.crm_lead.turn import TURN_LIMIT

TURN = "lead_call_turn"  # the key of the context


class CrmLeadCallLog(models.TransientModel):
    """The dialog for one lead after the other.

    Where the turn is, is in the context of its action: the lead that is called, those
    that wait, those that were skipped, and how many calls were logged. It comes back
    from a client, so that it is taken for no more than a wish: each lead is looked at
    again when it is next.
    """

    _inherit = "crm.lead.call.log"

    def _start_turn(self, leads):
        """Return the action that opens the dialog for the first of some leads, and then
        for the others."""
        return self._get_next_action(
            {"waiting": leads.ids, "skipped": [], "logged": 0, "count": len(leads)}
        )

    def action_log_and_next(self):
        """Log the call, and go on with the next lead."""
        call = self._log()
        turn = self._get_turn()
        turn["logged"] += 1
        return call._get_notice(self._get_next_action(turn))

    def action_skip(self):
        """Go on with the next lead; the one before remains to be called."""
        turn = self._get_turn()
        turn["skipped"] += turn["current"]
        return self._get_next_action(turn)

    def _get_turn(self):
        """Return where the turn is, by the context."""
        given = self.env.context.get(TURN)
        given = given if isinstance(given, dict) else {}
        turn = {}
        for name in ("current", "waiting", "skipped"):
            ids = given.get(name)
            ids = ids if isinstance(ids, list) else []
            turn[name] = [id_ for id_ in ids[:TURN_LIMIT] if type(id_) is int]
        for name in ("logged", "count"):
            number = given.get(name)
            turn[name] = number if type(number) is int else 0
        return turn

    def _get_next_action(self, turn):
        """Return the action that opens the dialog for the next lead, or says that there
        is none."""
        leads = self.env["crm.lead"].browse(turn["waiting"])._filtered_callable()
        if not leads:
            return self._get_end_notice(turn)
        turn = {**turn, "current": leads[:1].ids, "waiting": leads[1:].ids}
        number = turn["count"] - len(turn["waiting"])
        action = self._get_action(leads[0], **{TURN: turn})
        action["name"] = self.env._(
            "Call %(number)s of %(count)s", number=number, count=turn["count"]
        )
        return action

    def _get_end_notice(self, turn):
        message = (
            self.env._("That was the last one: one call was logged.")
            if turn["logged"] == 1
            else self.env._(
                "That was the last one: %s calls were logged.", turn["logged"]
            )
        )
        skipped = self.env["crm.lead"].browse(turn["skipped"])._filtered_callable()
        if not skipped:
            return get_notice(message)
        again = {
            "name": self.env._("Call the skipped ones (%s)", len(skipped)),
            "action": self._start_turn(skipped),
        }
        return get_notice(message, [again])
