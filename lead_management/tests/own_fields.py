from odoo.fields import Command

# Type, and what else a field is made of
OWN_FIELDS = {
    "x_code": {"ttype": "char"},
    "x_story": {"ttype": "text"},
    "x_seats": {"ttype": "integer"},
    "x_rate": {"ttype": "float"},
    "x_is_key": {"ttype": "boolean"},
    "x_renewal": {"ttype": "date"},
    "x_seen": {"ttype": "datetime"},
    "x_size": {
        "ttype": "selection",
        "selection_ids": [
            Command.create({"value": "s", "name": "Small"}),
            Command.create({"value": "l", "name": "Large"}),
        ],
    },
    "x_region_id": {"ttype": "many2one", "relation": "res.country"},
    "x_market_ids": {"ttype": "many2many", "relation": "res.country"},
}


def create_own_fields(cls):
    """Give leads and partners the same fields, as an admin or Studio makes them."""
    cls.env["ir.model.fields"].create(
        [
            {
                "name": name,
                "field_description": f"Own {name[2:]}",
                "model_id": cls.env["ir.model"]._get_id(model_name),
                **values,
            }
            for model_name in ("crm.lead", "res.partner")
            for name, values in OWN_FIELDS.items()
        ]
    )
    cls.addClassCleanup(cls.registry.reset_changes)
    cls.addClassCleanup(cls.env.invalidate_all)


def set_line(env, record_name, field_name, lead_field_name=False, **values):
    """Make a line of the mapping the one for its field; return it."""
    lines = env["crm.lead.conversion.mapping"].sudo()
    company_id = values.get("company_id", False)
    lines.search(
        [
            ("record_name", "=", record_name),
            ("field_name", "=", field_name),
            ("company_id", "=", company_id),
        ]
    ).active = False
    return lines.create(
        {
            "record_name": record_name,
            "field_name": field_name,
            "lead_field_name": lead_field_name,
            **values,
        }
    )
