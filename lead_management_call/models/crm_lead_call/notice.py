from odoo import models
from odoo.tools import format_date

from odoo.addons.lead_management.models.lead_notice import get_notice


class CrmLeadCall(models.Model):
    """What is said when a call was logged."""

    _inherit = "crm.lead.call"

    def _get_notice(self, next_action=None):
        """Return the action that says what was logged, with Undo.

        :param dict next_action: what comes then; by default the dialog is closed
        """
        self.ensure_one()
        values = {
            "lead": self.lead_id.display_name,
            "outcome": self.outcome_id.name,
        }
        if self.next_step == "none":
            message = self.env._("Call with “%(lead)s”: %(outcome)s.", **values)
        else:
            steps = dict(self._fields["next_step"]._description_selection(self.env))
            message = self.env._(
                "Call with “%(lead)s”: %(outcome)s. Next: %(step)s, %(day)s.",
                **values,
                step=steps[self.next_step],
                day=format_date(self.env, self.next_date),
            )
        undo = {
            "name": self.env._("Undo"),
            "model": self._name,
            "method": "action_undo_in_turn" if next_action else "action_undo",
            "ids": self.ids,
        }
        return get_notice(message, [undo], next_action)
