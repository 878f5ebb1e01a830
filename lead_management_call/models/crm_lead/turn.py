from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lead_management.models.crm_lead_status import CLOSED

TURN_LIMIT = 500  # more than anybody calls in a day
TURN_ORDER = "stars DESC, id DESC"  # as in the lists


class CrmLead(models.Model):
    """Calling the leads of a list one after the other."""

    _inherit = "crm.lead"

    def action_call_in_turn(self):
        """Open the dialog of calls for the first of some leads, which goes on with the
        others: of those that are selected, in their order, or else of all that the list
        shows.

        Leads that can't be called are left out: closed ones, those without a number,
        and those whose number is not to be called.

        :raise UserError: there is none to call
        """
        if self:
            callable_leads = self._filtered_callable()
        else:
            domain = self.env.context.get("active_domain")
            callable_leads = self.search(
                self._get_callable_domain()
                & Domain(domain if isinstance(domain, list) else Domain.FALSE),
                order=TURN_ORDER,
                limit=TURN_LIMIT,
            )._filtered_access("write")
        if not callable_leads:
            raise UserError(
                self.env._(
                    "There is nobody to call in this list: the leads are closed, or"
                    " have no phone number, or one that is not to be called."
                )
            )
        return self.env["crm.lead.call.log"]._start_turn(callable_leads[:TURN_LIMIT])

    def _get_callable_domain(self):
        """Return which leads are called in turn."""
        return Domain(
            [
                ("type", "=", "lead"),
                ("status_id.category", "not in", CLOSED),
                ("phone", "!=", False),
                ("phone_sanitized_blacklisted", "=", False),
            ]
        )

    def _filtered_callable(self):
        """Return those that the user may call now, in their order."""
        found = self.search(self._get_callable_domain() & Domain("id", "in", self.ids))
        found = found._filtered_access("write")
        return self.filtered(lambda lead: lead in found)
