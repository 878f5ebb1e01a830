from markupsafe import Markup

from odoo import models
from odoo.http import request
from odoo.tools import is_html_empty

from .conversion_address import ADDRESS_FIELDS

# What belongs together: a value of the group is taken where the lead has none of it.
FILLED_TOGETHER = (
    {"contact_name", "contact_first_name", "contact_last_name"},
    ADDRESS_FIELDS,
)

# What is decided about a lead rather than known of its person
JUDGED = ("team_id", "priority", "stars")
# Where programs call; people's browsers call elsewhere
API_PATHS = ("/json/2/", "/xmlrpc/", "/jsonrpc")


class CrmLead(models.Model):
    """Who comes in although a lead of the same person is open.

    Whatever is about to create leads (`way`: a web form, an incoming e-mail) asks for
    which of them there is a lead to add to instead, and adds to it. Here nobody knows
    of one; an addon that does extends `_get_leads_to_add_to` and `_get_first_of_same`.

    What is added to a lead fills its blanks and overwrites nothing; all of it is told
    in the chatter, so that nothing is lost.
    """

    _inherit = "crm.lead"

    def _get_open_lead_policy(self, way):
        """Return what happens for a way in when a lead of the same person is open:
        `off`, `tell` or `add`. Extend it for a choice."""
        return "tell"

    def _get_leads_to_add_to(self, values_list, way, only_asks=False):
        """Return the open lead that each of some values is added to.

        :param values_list: values as of `create`
        :param str way: how they come in: `visitor`, `mail`, `api`
        :param bool only_asks: nothing is added now, and so nothing noted about why
        :return: for each, a lead as superuser; an empty one where a lead is created
        """
        return [self.sudo().browse() for _values in values_list]

    def _get_first_of_same(self, values_list, way):
        """Return for each of some values of leads to be created the position of the
        first ones of the same person: perhaps their own."""
        return list(range(len(values_list)))

    def _forget_person(self, email):
        """Forget what is kept of leads of a person beside the leads, who has asked for
        it. Extend it where more is kept.

        :param str email: normalized
        """

    def _get_way_in(self):
        """Return how a lead that is there came in, as `way` above; `form` when somebody
        typed it, or nobody knows."""
        return "form"

    def _is_called_by_program(self):
        """Tell whether it is a program that calls, by the API."""
        return bool(request) and request.httprequest.path.startswith(API_PATHS)

    def _is_born_as_lead(self, vals):
        """Tell whether values make a lead, not an opportunity."""
        return (vals.get("type") or self.default_get(["type"]).get("type")) == "lead"

    def _get_fields_to_fill(self):
        """Return the names of the fields that adding fills where a lead has nothing."""
        names = {field.name for field in self._get_fields_to_merge()}
        # A name has parts, but some programs give it whole.
        typed = self._get_typed_fields() | {"contact_name"}
        return (names & typed) - set(JUDGED)

    def _get_fields_to_tell(self):
        """Return the names of the fields of which adding tells: also of those that it
        never fills, so that nothing is lost."""
        properties = {
            name
            for name, field in self._fields.items()
            if field.type == "properties" and self._has_field_access(field, "read")
        }
        return self._get_fields_to_fill() | properties | {"name", *JUDGED}

    def _add_to_leads(self, pairs):
        """Fill the blanks of leads with what came in again.

        Only leads that get something are written.

        :param pairs: leads, and values as of `create`
        """
        names = self._get_fields_to_fill()
        for lead, values in pairs:
            if blanks := lead._get_blanks(values, names):
                lead.write(blanks)
            if campaign_id := values.get("campaign_id"):
                lead._come_again_from_campaign(campaign_id)

    def _come_again_from_campaign(self, campaign_id):
        """Note that a campaign has brought the leads once more; here, nobody keeps
        more campaigns than the first."""

    def _come_back(self):
        """Note that the people of leads have written again: the leads are unread, not
        neglected, and taken up again where they were recycled."""
        leads = self.sudo()
        leads.filtered(
            lambda lead: lead.type == "lead" and lead.status_category == "recycled"
        )._reopen_recycled(lambda some: some.env._("Has replied"), to_owner=True)
        leads._touch()
        leads._set_unread(
            leads.filtered(lambda lead: lead.type == "lead" and lead.user_id), True
        )

    def _get_blanks(self, values, names):
        """Return those of some values that the lead has none of."""
        self.ensure_one()
        taken = set().union(
            *(
                group
                for group in FILLED_TOGETHER
                if any(self[name] for name in group if name in self._fields)
            )
        )
        blanks = {}
        for name in sorted(values.keys() & names):
            field, value = self._fields[name], values[name]
            if field.type == "many2many":
                new = self._read_linked(value) - set(self[name].ids)
                if new:
                    blanks[name] = [(4, id_) for id_ in sorted(new)]
            elif (
                value
                and name not in taken
                and (
                    not self[name]
                    or (field.type == "html" and is_html_empty(self[name]))
                )
            ):
                blanks[name] = value
        return blanks

    def _read_linked(self, commands):
        """Return the ids that the value of a many2many field links: commands or ids."""
        ids = set()
        for command in commands or ():
            match command:
                case int(id_) | [4, int(id_), *_]:
                    ids.add(id_)
                case [6, _, [*linked]]:
                    ids.update(id_ for id_ in linked if type(id_) is int)
        return ids - {0}

    def _describe_typed(self, values, names):
        """Return values as HTML, by the labels of their fields; empty if none."""
        known = {name: values[name] for name in values.keys() & names}
        properties = [
            (str(one.get("string") or one.get("name") or ""), str(one["value"]))
            for name in sorted(known)
            if self._fields[name].type == "properties"
            for one in known.pop(name) or ()
            if isinstance(one, dict) and one.get("value")
        ]
        typed = self.new(known)
        asked = [self._fields[name] for name in sorted(known)]
        lines = self._get_values_left_out(typed._get_values_to_merge(asked), {})
        items = (Markup("<li>%s: %s</li>") % line for line in lines + properties)
        items = Markup().join(items)
        return Markup("<ul>%s</ul>") % items if items else items
