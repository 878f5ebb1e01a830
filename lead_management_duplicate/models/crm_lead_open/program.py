from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.crm_lead.newcomer import JUDGED
from odoo.addons.lead_management.models.crm_lead.open_lead import TEXTS

# Types of fields whose values neither fill blanks nor can be told in words
UNTOLD = ("one2many", "binary", "json", "many2one_reference", "reference")


class CrmLead(models.Model):
    """Leads that programs create by the API, although one of the same person is open.

    `create` creates, as ever, and the form of the new lead shows the open one. Programs
    that would rather add to it call `create_or_add`; so does JSON-2 in the place of
    `create`, where the settings say so (`controllers/json2.py`).
    """

    _inherit = "crm.lead"

    is_from_program = fields.Boolean(
        "Created by a Program",
        default=lambda self: self._is_born_by_program(),
        readonly=True,
        system=True,
        copy=False,
    )

    def _is_born_by_program(self):
        # A program may also install this addon; the leads that are there aren't its.
        return self.pool.ready and self._is_called_by_program()

    @api.model
    def create_or_add(self, vals_list):
        """Create leads, but add what is surely of the same person as an open lead to
        that one, if the user may change it.

        Adding fills blanks and overwrites nothing; a note tells all that was given. The
        owner stays, and a recycled lead is taken up again. Opportunities and archived
        leads are always created, and so is what has values that can't be told, such as
        files.

        :param vals_list: values of leads as `create` takes them, a list or one alone
        :return: `[{"lead_id", "added"}, …]`, one for each of the values, in their order
        :raise UserError: these are no values of leads
        :raise AccessError: the user may not create leads
        """
        self.browse().check_access("create")
        vals_list = [vals_list] if isinstance(vals_list, dict) else vals_list
        self._check_values_of_leads(vals_list)
        defaults = self._get_defaults_of_context()
        whole = [defaults | vals for vals in vals_list]
        matches, firsts = self._find_what_to_add_to(whole)
        # By position, in their order
        new = {
            position: vals_list[position]
            for position, first in enumerate(firsts)
            if not matches[position] and first == position
        }
        leads = dict(zip(new, self.create(list(new.values())), strict=True))
        for position, first in enumerate(firsts):
            if match := matches[position]:
                leads[position] = self.browse(match.id)
            # Who has just made it may add to it, whosever it is by now.
            leads.setdefault(position, leads[first].sudo())
        self._add_from_program(
            [
                (leads[position], vals)
                for position, vals in enumerate(whole)
                if position not in new
            ]
        )
        known = {match.id: match for match in matches if match}
        self.browse(known)._note_added(known, "api")
        return [
            {"lead_id": leads[position].id, "added": position not in new}
            for position in range(len(firsts))
        ]

    def _find_what_to_add_to(self, vals_list):
        """Return for each of some values the `Match` of the open lead to which they are
        added, or None, and the position of the first ones of the same person."""
        matches, firsts = [None] * len(vals_list), list(range(len(vals_list)))
        positions = [at for at in firsts if self._can_be_added(vals_list[at])]
        asked = [self._get_values_to_compare(vals_list[at]) for at in positions]
        found = self._find_sure(asked)
        ids = {match.id for sure in found for match in sure}
        # Somebody may be deleting them.
        writable = set(self.browse(ids).exists()._filtered_access("write").ids)
        for at, sure in zip(positions, found, strict=True):
            matches[at] = next((one for one in sure if one.id in writable), None)
        for at, first in zip(positions, self._find_first_of_same(asked), strict=True):
            firsts[at] = positions[first]
            # The first one may have a lead to which this one alone wouldn't lead.
            matches[at] = matches[at] or matches[firsts[at]]
        return matches, firsts

    def _add_from_program(self, pairs):
        """Add values to leads, and tell all of them in the chatter.

        :param pairs: leads, and values as of `create`
        """
        if not pairs:
            return
        decided = {*JUDGED, *self._get_worked_fields()} - {"contact_name"}
        told = {field.name for field in self._get_fields_to_merge()}
        told |= self._get_fields_to_tell()
        intro = self.env._("Sent by a program, and added here:")
        bodies = {}
        for lead, vals in pairs:
            try:
                same = {
                    name
                    for name in decided & vals.keys()
                    if lead._is_value(name, vals[name])
                }
                text = self._describe_typed(vals, told - same)
            except (TypeError, ValueError, AttributeError, LookupError) as error:
                raise UserError(
                    self.env._("These are no values of a lead: %s", error)
                ) from error
            body = Markup("<p>%s</p>%s") % (intro, text)
            bodies[lead.id] = bodies.get(lead.id, Markup()) + body
        leads = self.sudo().browse(bodies)
        self._add_to_leads(pairs)
        leads._message_log_batch(bodies=bodies)
        leads._come_back()

    def _check_values_of_leads(self, vals_list):
        if not isinstance(vals_list, list) or not all(
            isinstance(vals, dict) for vals in vals_list
        ):
            raise UserError(
                self.env._("Pass what was typed as a dictionary of values.")
            )
        unknown = set().union(*vals_list) - self._fields.keys()
        if unknown:
            raise UserError(
                self.env._(
                    "These are no values of a lead: %s", ", ".join(map(str, unknown))
                )
            )
        self._check_system_fields(set().union(*vals_list))

    def _get_defaults_of_context(self):
        """Return the values that the context gives to new leads."""
        given = {
            name.removeprefix("default_"): value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        }
        names = (given.keys() & self._fields.keys()) - self._get_system_fields()
        return {name: given[name] for name in names}

    def _can_be_added(self, vals):
        """Tell whether values of a new lead can be added to one without losing any."""
        return (
            self._is_born_as_lead(vals)
            and vals.get("active", True)
            and all(isinstance(vals.get(name) or "", str) for name in TEXTS)
            and not any(
                value and self._fields[name].type in UNTOLD
                for name, value in vals.items()
            )
        )

    def _get_values_to_compare(self, vals):
        """Return the values of a new lead with the company that it would be of."""
        if vals.get("company_id") or type(vals.get("team_id")) is not int:
            return vals
        team = self.env["crm.team"].sudo().browse(vals["team_id"]).exists()
        return {**vals, "company_id": team.company_id.id}
