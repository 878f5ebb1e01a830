from markupsafe import Markup

from odoo import models
from odoo.tools import (
    format_amount,
    format_date,
    format_datetime,
    format_list,
    formatLang,
    html2plaintext,
    is_html_empty,
)


class CrmLead(models.Model):
    """What merging leads leaves out.

    Merging takes for each field the value of one lead, and deletes the others. Native's
    summary tells some fields of those that are deleted. Every other value that is on
    none of the fields of the lead that is left afterwards is told there as well, also
    the ones that lead itself had: of fields of any addon, by their type.
    """

    _inherit = "crm.lead"

    def _merge_opportunity(self, *args, **kwargs):
        asked = self._get_fields_to_merge()
        values = {lead: lead._get_values_to_merge(asked) for lead in self}
        properties = {lead: lead._get_properties_to_merge() for lead in self}
        names = {lead: lead.name for lead in self}
        conversions = self.env["crm.lead.conversion"]._get_merge_lines(self)
        result = super()._merge_opportunity(*args, **kwargs)
        final = result._get_values_to_merge(asked)
        said = result._get_properties_to_merge()
        parts = [
            (
                names[lead],
                [
                    *self._get_values_left_out(values[lead], final),
                    *(line for line in properties[lead] if line not in said),
                    *(
                        (label, text)
                        for entry, (converted, label, text) in conversions.items()
                        if converted == lead and not entry.exists()
                    ),
                ],
            )
            for lead in values
        ]
        if left_out := self._format_values_left_out(parts):
            result._add_to_merge_summary(left_out)
        return result

    def _merge_dependences(self, opportunities):
        self.env["crm.lead.conversion"]._follow_lead_merge(opportunities, self)
        return super()._merge_dependences(opportunities)

    def _get_merge_preview(self, user_id, team_id):
        """Return what merging the leads would leave out, as HTML."""
        leads = self._sort_by_confidence_level(reverse=True)
        data = leads._merge_data(leads._merge_get_fields())
        data.update({"user_id": user_id} if user_id else {})
        data.update({"team_id": team_id} if team_id else {})
        # A lead that is in memory only, for its fields to read the values.
        expected = self.new(data, origin=leads[0])
        asked = self._get_fields_to_merge()
        final = expected._get_values_to_merge(asked)
        return self._format_values_left_out(
            [
                (
                    lead.name,
                    self._get_values_left_out(lead._get_values_to_merge(asked), final),
                )
                for lead in leads
            ]
        )

    def _get_fields_to_merge(self):
        """Return the fields whose values merging must not lose: what a person, or
        another addon for one, has entered. The name heads each lead's summary."""
        return [
            field
            for field in self._fields.values()
            if field.store
            and not field.related
            and not (field.compute and field.readonly)
            and not (field.readonly and field.type == "datetime")
            and field.type not in ("one2many", "binary", "json", "many2one_reference")
            and not field.type.startswith("properties")
            and not getattr(field, "system", False)
            and field.name not in (self._rec_name, *models.MAGIC_COLUMNS)
            and self._has_field_access(field, "read")
        ]

    def _get_values_to_merge(self, asked):
        """Return the values of a lead that has some, by field.

        :return: `(value, currency)` by field; the currency of amounts only
        """
        self.ensure_one()
        lead = self.sudo()
        values = {}
        for field in asked:
            value = lead[field.name]
            if field.relational:
                value = value._origin  # of a lead in memory only
            if value and not (field.type == "html" and is_html_empty(value)):
                currency = None
                if field.type == "monetary":
                    currency = lead[field.get_currency_field(lead)]
                values[field] = value, currency
        return values

    def _get_properties_to_merge(self):
        """Return the properties of a lead, as lines of a label and a text."""
        return [
            (
                str(line["label"]),
                str(line["value"])
                if "value" in line
                else format_list(self.env, [tag["name"] for tag in line["values"]]),
            )
            for line in self._format_properties()
        ]

    def _get_values_left_out(self, values, final):
        """Return what a lead has and the one that is left has not.

        :return: lines of a label and a text
        """
        lines = []
        for field, (value, currency) in values.items():
            kept, kept_currency = final.get(field, (False, None))
            if field.type == "many2many":
                value -= kept or value.browse()
            elif field.type in ("html", "text") and kept:
                # they are joined
                if html2plaintext(value).strip() in html2plaintext(kept):
                    continue
            elif (value, currency) == (kept, kept_currency):
                continue
            if value:
                label = field._description_string(self.env)
                if field.name == "user_id":
                    label = self.env._("Owner")
                lines.append(
                    (label, self._format_value_left_out(field, value, currency))
                )
        return lines

    def _format_value_left_out(self, field, value, currency):
        """Return a value as a text, or as HTML, by the type of its field."""
        match field.type:
            case "boolean":
                return self.env._("Yes")
            case "selection":
                labels = dict(field._description_selection(self.env))
                return labels.get(value, value)
            case "many2one" | "many2many" | "reference":
                readable = value.sudo(False)._filtered_access("read")
                texts = readable.mapped("display_name")
                if hidden := len(value) - len(readable):
                    texts.append(self.env._("%s you cannot open", hidden))
                return format_list(self.env, texts)
            case "date":
                return format_date(self.env, value)
            case "datetime":
                return format_datetime(self.env, value)
            case "monetary":
                if currency:
                    return format_amount(self.env, value, currency)
                return formatLang(self.env, value)
            case "float":
                return formatLang(self.env, value)
            case "html":
                return Markup(value)
        return str(value)

    def _format_values_left_out(self, parts):
        """Return what each lead loses as HTML, empty if that is nothing.

        :param parts: the name of each lead, and its lines of a label and a text
        """
        blocks = [
            Markup("<div><b>%s</b></div><ul>%s</ul>")
            % (
                name,
                Markup().join(Markup("<li>%s: %s</li>") % line for line in lines),
            )
            for name, lines in parts
            if lines
        ]
        if not blocks:
            return Markup()
        return Markup("<div class='o_lead_merge_left_out'><p>%s</p>%s</div>") % (
            self.env._("Values that were not taken over:"),
            Markup().join(blocks),
        )

    def _add_to_merge_summary(self, html):
        """Add to the summary that native has posted just now: the newest one, as those
        of earlier merges came along; or post it where there is none."""
        summary = (
            self.env["mail.message"]
            .sudo()
            .search_fetch(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("body", "like", "crm_lead_merge_summary"),
                ],
                ["body"],
                order="id desc",
                limit=1,
            )
        )
        if summary:
            summary.body += html
        else:
            self._message_log(body=html)
