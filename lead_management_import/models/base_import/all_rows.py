from odoo import models
from odoo.exceptions import UserError


class BaseImport(models.TransientModel):
    """Give all new leads of a file what is chosen once, beside the columns.

    Which fields: `crm.lead._get_fields_of_all_rows`. The owner or the queue goes before
    what the file says; everything else is for rows that say nothing, and tags are added
    to theirs. The screen is told of the fields by `lead_all_rows` of the preview, and
    hands the ids back in the option of the same name.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        result = super().parse_preview(options, count=count)
        if self.res_model == "crm.lead" and "error" not in result:
            result["lead_all_rows"] = self._describe_all_rows()
        return result

    def _describe_all_rows(self):
        """Return what the screen needs to let one choose."""
        names = self.env["crm.lead"]._get_fields_of_all_rows()
        fields = self.env["crm.lead"].fields_get(
            names, ["string", "type", "relation", "readonly"]
        )
        return [
            {
                "name": name,
                "label": fields[name]["string"],
                "model": fields[name]["relation"],
                "is_many": fields[name]["type"] == "many2many",
                "domain": self._get_domain_of_all_rows(name),
            }
            for name in names
            if name in fields and self.env[fields[name]["relation"]].has_access("read")
        ]

    def _get_domain_of_all_rows(self, name):
        """Return which records can be chosen for a field."""
        if name == "user_id":
            return [("share", "=", False), ("company_ids", "in", self.env.company.ids)]
        if name == "queue_id":
            return [("company_id", "in", [False, self.env.company.id])]
        return []

    def _read_all_rows(self, owner, chosen):
        """Return the ids that all new leads get, by field.

        :param dict chosen: ids by field, which come from a client
        """
        is_given = owner in ("user", "queue")
        if is_given and not self.env.user.has_group(
            "sales_team.group_sale_salesman_all_leads"
        ):
            raise UserError(
                self.env._(
                    "Only salespeople who see all leads can import leads for others."
                    " Choose “Me”, or ask a sales manager."
                )
            )
        values = {}
        for about in self._describe_all_rows():
            name = about["name"]
            if name in ("user_id", "queue_id") and name != f"{owner}_id":
                continue
            ids = self._read_chosen_ids(chosen, name)
            records = self.env[about["model"]].browse(ids)
            allowed = records.search([("id", "in", ids), *about["domain"]])
            if len(allowed) < len(records):
                raise UserError(
                    self.env._(
                        "What was chosen for “%(field)s” can't be used any more."
                        " Choose it again, beside the columns.",
                        field=about["label"],
                    )
                )
            if ids:
                values[name] = ids if about["is_many"] else ids[0]
        if is_given and f"{owner}_id" not in values:
            raise UserError(
                self.env._("Choose whom the leads are for, beside the columns.")
            )
        return values

    def _read_chosen_ids(self, chosen, name):
        try:
            ids = chosen.get(name) or []
            return list(
                dict.fromkeys(map(int, ids if isinstance(ids, list) else [ids]))
            )
        except (AttributeError, TypeError, ValueError):
            raise UserError(
                self.env._(
                    "Your choices for all rows can't be read. Choose them again, beside"
                    " the columns."
                )
            ) from None
