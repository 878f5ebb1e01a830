from odoo import api, fields, models

from odoo.addons.lead_management.tools import place_name

from ...tools import (
    column_choice,
    column_kind,
    column_title,
    country_names,
    title_vocabulary,
)

# What a column without a title that is known is for, by what its cells are.
FIELDS_OF_KINDS = {"email": "email_from", "phone": "phone", "country": "country_id"}

# How many columns must be known before the rest of a file is worth a note
KNOWN_COLUMNS = 4
REST = "rest"


class BaseImport(models.TransientModel):
    """Find the field of the lead for each column of a file.

    In this order:

    1. what a person of the company chose for the title in an earlier file;
    2. what the title says, see `column_title`: fields made by the company itself and
       those of other addons are known by their labels in every installed language;
    3. paths and technical names, as Odoo's own exports have them;
    4. what the cells are: e-mail addresses, phone numbers, web addresses, countries.

    A column that the cells contradict is not mapped. What no field holds goes into the
    notes, with its title; so does what isn't known of a file that is known otherwise.
    Fields that are not stored, or that the user may not write, are not even offered.
    """

    _inherit = "base_import.import"

    lead_suggested = fields.Json(help="The fields suggested for the columns")

    @api.model
    def get_fields_tree(self, model, depth=3):
        tree = super().get_fields_tree(model, depth=depth)
        if not self.res_model == model == "crm.lead":
            return tree
        lead_fields = self.env[model]._fields
        return [
            info
            for info in tree
            if info["name"] not in lead_fields or lead_fields[info["name"]].store
        ]

    def _get_mapping_suggestions(self, headers, header_types, fields_tree):
        if self.res_model != "crm.lead":
            return super()._get_mapping_suggestions(headers, header_types, fields_tree)
        names = {info["name"] for info in fields_tree}
        paths = self._suggest_by_titles(headers, names, fields_tree)
        learned = self._get_learned_fields(names)
        is_technical = self._is_technical(headers, names)
        for index, header in enumerate(headers):
            key = header.strip().lower()
            if key in learned:
                paths[index] = learned[key]
                continue
            path = None
            if is_technical or ("/" in header and paths[index] in (None, REST)):
                native = self._get_mapping_suggestion(header, fields_tree, [], {})
                path = native and "/".join(native["field_path"])
            paths[index] = path or paths[index]
        rest = None if is_technical or "description" not in names else "description"
        paths = [rest if path == REST else path for path in paths]
        self.lead_suggested = paths
        return {
            (index, header): {"field_path": path.split("/"), "distance": 0}
            for index, (header, path) in enumerate(zip(headers, paths, strict=True))
            if path
        }

    def _get_learned_fields(self, names):
        """Return the fields that were chosen in earlier files, by title: None where the
        column was left out.

        Natively, what is not known is kept as left out as well, for all companies: that
        nobody has chosen.
        """
        return {
            mapping.column_name: mapping.field_name or None
            for mapping in self.env["base_import.mapping"].search(
                [("res_model", "=", self.res_model)], order="company_id DESC, id"
            )
            if (
                mapping.field_name.split("/")[0] in names
                if mapping.field_name
                else mapping.company_id
            )
        }

    def _is_technical(self, headers, names):
        """Tell whether a file names the fields as Odoo's own exports do."""
        known = [header for header in headers if header.split("/")[0] in names]
        return 2 * len(known) >= len(headers) and any(
            "_" in header and header not in ("campaign_id", "lead_properties")
            for header in known
        )

    def _suggest_by_titles(self, headers, names, fields_tree):
        """Return for each column the name of a field, None if there is none."""
        kinds = self._get_kinds_of_columns(len(headers))
        own, labels = self._get_lead_labels(names, fields_tree)
        meanings = column_choice.choose(
            [header.strip() for header in headers], own, labels, kinds
        )
        paths = []
        for meaning in meanings:
            name = meaning and meaning.field
            if name == column_title.NOTE:
                name = "description"
            paths.append(name if name in names else None)
        for index, (meaning, kind) in enumerate(zip(meanings, kinds, strict=True)):
            name = self._get_field_of_kind(index, kind)
            if paths[index] == "website" and name in ("social_url", "twitter"):
                paths[index] = name if name in names else "website"
            elif name in names and name not in paths and self._is_told(meaning, name):
                paths[index] = name
        self._keep_what_is_not_known(headers, meanings, kinds, paths)
        return paths

    def _is_told(self, meaning, name):
        """Tell whether the cells of a column say more than its title: where that isn't
        known, or is but a note and the file has no e-mail address."""
        return not meaning or (
            name == "email_from" and meaning.field == column_title.NOTE
        )

    def _keep_what_is_not_known(self, headers, meanings, kinds, paths):
        """Put what is not known into the notes where most of a file is: it says
        something of the same people. Not what a system has made for itself, nor columns
        that say nothing."""
        file = self._get_lead_file()
        rows = file.rows[1:] if file else []
        unknown = [
            index
            for index, meaning in enumerate(meanings)
            if headers[index].strip()
            and not (meaning or paths[index] or kinds[index] == "empty")
            and column_kind.is_said(row[index] for row in rows if index < len(row))
        ]
        known = sum(map(bool, meanings))
        if known >= KNOWN_COLUMNS and known >= len(unknown):
            for index in unknown:
                paths[index] = REST

    def _get_kinds_of_columns(self, count):
        file = self._get_lead_file()
        if not file:
            return [""] * count
        known = country_names.get_codes_by_name()
        return [
            column_kind.get_kind(
                (row[index] for row in file.rows[1:] if index < len(row)),
                lambda text: place_name.fold(text) in known,
            )
            for index in range(count)
        ]

    def _get_field_of_kind(self, index, kind):
        """Return the field for a column that nothing but its cells tell of."""
        if kind != "url":
            return FIELDS_OF_KINDS.get(kind)
        cells = " ".join(
            str(row[index]).lower()
            for row in self._get_lead_file().rows[1:50]
            if index < len(row)
        )
        if "linkedin.com" in cells or "xing.com" in cells or "facebook.com" in cells:
            return "social_url"
        return (
            "twitter" if "//twitter.com" in cells or "//x.com" in cells else "website"
        )

    def _get_lead_labels(self, names, fields_tree):
        """Return the names of fields by their folded labels in all languages: those the
        company made itself, and the others."""
        wanted = (self.env["crm.lead"]._get_typed_fields() & names) | (
            title_vocabulary.get_fields() & names
        )
        self.env["ir.model.fields"].flush_model(["field_description", "state"])
        self.env.cr.execute(
            "SELECT name, state, field_description FROM ir_model_fields"
            " WHERE model = 'crm.lead' AND name = ANY(%s) AND ttype != 'one2many'"
            " ORDER BY id DESC",
            [list(wanted)],
        )
        own, labels = {}, {}
        for name, state, translations in self.env.cr.fetchall():
            for label in translations.values():
                (own if state == "manual" else labels)[title_vocabulary.fold(label)] = (
                    name
                )
        for info in fields_tree:  # properties, under "Label (Team)"
            if "." in info["name"]:
                own.setdefault(title_vocabulary.fold(info["string"]), info["name"])
                label = info["string"].rpartition(" (")[0]
                own.setdefault(title_vocabulary.fold(label), info["name"])
        for known in (own, labels):
            known.pop("", None)
        return own, labels
