from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.crm_lead.newcomer import JUDGED

NOTHING = {"leads": [], "hidden": 0}
SHOWN_LEADS = 3


class CrmLead(models.Model):
    """What a person does who types a lead of which there is an open one: looks at it,
    adds to it, or goes on."""

    _inherit = "crm.lead"

    @api.model
    @api.readonly
    def find_open_leads_of_form(self, values):
        """Return what the form of a lead, and the box on the home page, show.

        :param dict values: as `find_open_leads` takes them
        :return: what it returns; nothing when the policy is off
        :raise UserError: the values are no dictionary
        """
        if not isinstance(values, dict):
            raise UserError(self.env._("Pass what is known as a dictionary of values."))
        lead = self.browse(self._clean_id(values, "id"))
        way = lead.sudo().exists()._get_way_in() if lead else "form"
        if "off" in (
            self._get_open_lead_policy("form"),
            self._get_open_lead_policy(way),
        ):
            return NOTHING
        return self.find_open_leads(values, limit=SHOWN_LEADS)

    def add_typed_values(self, values):
        """Add what was typed for a new lead to this one instead.

        Its blanks are filled, and all that was typed is told in a note.

        :param dict values: the values, as `create` takes them
        :return: the action that opens the lead
        :raise UserError: the values are no dictionary, or some are no values
        :raise AccessError: the user may not change the lead
        """
        self._check_one_open_lead()
        if not isinstance(values, dict):
            raise UserError(
                self.env._("Pass what was typed as a dictionary of values.")
            )
        values = self._get_what_was_typed(values)
        same = {name for name in JUDGED if self._is_value(name, values.get(name))}
        told = self._describe_typed(values, self._get_fields_to_tell() - same)
        self._add_to_leads([(self, values)])
        if told:
            intro = self.env._("Typed as a new lead, and added here:")
            self._message_log(body=Markup("<p>%s</p>%s") % (intro, told))
        return self._get_records_action(name=self.display_name, context={})

    def merge_into_open_lead(self, open_lead_id):
        """Merge this lead with another open one, as Odoo merges leads.

        :param int open_lead_id: the other lead
        :return: the action that opens the one that is left
        :raise UserError: the other lead is not there
        :raise AccessError: the user may not change both
        """
        self._check_one_open_lead()
        if type(open_lead_id) is not int or not 0 < open_lead_id < 2**31:
            raise UserError(self.env._("Pass the id of the lead to merge with."))
        other = self.browse(open_lead_id).exists()
        if not other or other == self:
            raise UserError(
                self.env._("The other lead was deleted or merged meanwhile.")
            )
        other.check_access("write")
        merged = (other | self).merge_opportunity()
        return merged._get_records_action(name=merged.display_name, context={})

    def _is_value(self, name, value):
        field = self._fields[name]
        return field.convert_to_write(self[name], self) == value

    def _check_one_open_lead(self):
        """Refuse to add to anything but one lead that the user may change."""
        if len(self) != 1 or not self.exists():
            raise UserError(
                self.env._("Choose one lead that is there: it may have been deleted.")
            )
        self.check_access("write")

    def _get_what_was_typed(self, values):
        """Return the values without those that a new form has anyway."""
        known = {name: values[name] for name in values if name in self._fields}
        defaults = self.default_get(list(known))
        typed = {
            name: value
            for name, value in known.items()
            if value and value != defaults.get(name)
        }
        try:
            self.new(typed)
            self._describe_typed(typed, self._get_fields_to_tell())
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            raise UserError(
                self.env._("These are no values of a lead: %s", error)
            ) from error
        return typed
