from odoo import models

# Column titles of lists of companies, and the lead's field each one goes to. What a
# person chose in an earlier import goes first.
LEAD_COLUMN_FIELDS = {
    **dict.fromkeys(
        ("company", "company name", "organization", "organisation", "account"),
        "partner_name",
    ),
    **dict.fromkeys(("contact", "full name"), "contact_name"),
    **dict.fromkeys(("job title", "position"), "function"),
    **dict.fromkeys(("e-mail", "email address"), "email_from"),
    **dict.fromkeys(("revenue", "turnover"), "annual_revenue"),
    **dict.fromkeys(("employees", "headcount"), "employee_count"),
    **dict.fromkeys(("headquarters", "address"), "street"),
    **dict.fromkeys(("industries", "comments"), "description"),
    # The field's own label would be read as a path from field to field.
    "twitter/x": "twitter",
}


class BaseImport(models.TransientModel):
    """Suggest fields of the lead for the usual titles of lists of companies."""

    _inherit = "base_import.import"

    def _get_mapping_suggestion(
        self, header, fields_tree, header_types, mapping_fields
    ):
        field_name = LEAD_COLUMN_FIELDS.get(header.strip().lower())
        if field_name and any(
            field["name"] == field_name and field["model_name"] == "crm.lead"
            for field in fields_tree
        ):
            mapping_fields = {header.lower(): field_name, **mapping_fields}
        return super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )
