from odoo import models
from odoo.tools import format_list

from ..lead_notice import (
    CLOSE,
    IN_PLACE,
    RELOAD,
    WITH_NOTICE,
    get_notice,
    get_open_button,
)


class CrmLeadConversion(models.Model):
    """What is said when a lead was converted, and when that was undone."""

    _inherit = "crm.lead.conversion"

    def _get_notice(self, next_action, shown=None):
        """Return the action that says what a conversion made, and then does another.

        :param shown: the record that is on the screen then, if none is opened
        """
        self.ensure_one()
        created = self.sudo()._get_created().values()
        names = [record.name for records in created for record in records]
        if self.opportunity_id == self.lead_id:
            names.append(self.env._("an opportunity"))
        if not names:
            message = self.env._("“%s” was converted.", self.lead_id.display_name)
        elif len(names) == 1:
            message = self.env._("%s was created.", names[0])
        else:
            message = self.env._("%s were created.", format_list(self.env, names))
        opened = next_action.get("res_model"), next_action.get("res_id")
        if shown:
            opened = shown._name, shown.id
        buttons = [
            get_open_button(record, label)
            for record, label in (
                (self.account_id, self.env._("Open account")),
                (self.contact_id - self.account_id, self.env._("Open contact")),
                (self.opportunity_id, self.env._("Open opportunity")),
            )
            if record and (record._name, record.id) != opened
        ]
        if self.can_undo:
            buttons.append(self._get_undo_button())
        return get_notice(message, buttons, next_action)

    def _get_notice_of_leaving(self, lead_name):
        """Return the action that says that a lead was converted, and leaves for the
        list of leads: the user has given it to somebody else, and can't read it."""
        next_action = CLOSE
        if not self.env.context.get(IN_PLACE):
            next_action = self.env["ir.actions.act_window"]._for_xml_id(
                "crm.crm_lead_all_leads"
            )
            next_action["target"] = "main"
        message = self.env._("“%s” was converted.", lead_name)
        return get_notice(message, next_action=next_action)

    def _get_undo_button(self):
        """Return the button of a message that undoes conversions, after a look at what
        that does."""
        return {
            "name": self.env._("Undo"),
            "model": self._name,
            "method": "action_review_undo",
            "ids": self.ids,
            "context": {IN_PLACE: bool(self.env.context.get(IN_PLACE))},
        }

    def action_undo(self):
        action = super().action_undo()
        if not self.env.context.get(WITH_NOTICE):
            return action
        leads = self.lead_id
        is_opened = isinstance(action, dict) and not self.env.context.get(IN_PLACE)
        return get_notice(
            self.env._(
                "The conversion of “%s” is undone. It is a lead again.",
                leads.display_name,
            )
            if len(leads) == 1
            else self.env._("%s conversions are undone.", len(self)),
            next_action=action if is_opened else RELOAD,
        )
