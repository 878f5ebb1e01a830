from odoo.exceptions import ValidationError
from odoo.fields import Command

from .test_lead_conversion import ConversionCase

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


class OwnMappingCase(ConversionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create_own_fields(cls)
        cls.germany, cls.france = cls.env.ref("base.de"), cls.env.ref("base.fr")
        cls.lead.write(
            {
                "x_code": "C-1",
                "x_story": "Long\nstory",
                "x_seats": 12,
                "x_rate": 0.25,
                "x_is_key": True,
                "x_renewal": "2031-05-01",
                "x_seen": "2031-05-02 10:00:00",
                "x_size": "l",
                "x_region_id": cls.germany.id,
                "x_market_ids": [Command.set((cls.germany | cls.france).ids)],
            }
        )

    def _set(self, *args, **values):
        return set_line(self.env, *args, **values)

    def _assert_refused(self, reason, *args, **values):
        with self.assertRaisesRegex(ValidationError, reason), self.env.cr.savepoint():
            self._set(*args, **values)


class TrialCase(OwnMappingCase):
    def _try(self):
        trials = self.env["crm.lead.conversion.trial"].with_user(
            self.user_sales_manager
        )
        action = (
            self.env["crm.lead.conversion.mapping"]
            .with_user(self.user_sales_manager)
            .action_try()
        )
        return trials.browse(action["res_id"])

    def _get_differences(self, conversion):
        return {
            (line.record_name, line.field_label): (line.before, line.after)
            for line in self._try().line_ids
            if line.conversion_id == conversion
        }

    def _convert_as_salesman(self, **arguments):
        lead = self.lead.with_user(self.user_sales_salesman)
        [result] = lead.convert_lead(**arguments)
        return self.env["crm.lead.conversion"].browse(result["conversion_id"])
