from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users

from ..models.crm_lead_conversion_mapping.shipped import SHIPPED
from .own_fields import OwnMappingCase, set_line


@tagged("post_install", "-at_install", "lead_conversion")
class TestMappingLines(OwnMappingCase):
    """What comes with the addon, and which lines can be made."""

    def test_what_comes_with_the_addon_are_records(self):
        lines = self.env["crm.lead.conversion.mapping"].search([])
        for record_name, fields in SHIPPED.items():
            own = lines.filtered(
                lambda line, name=record_name: (
                    line.record_name == name and not line.company_id
                )
            )
            self.assertLessEqual(set(fields), set(own.mapped("field_name")))
        self.assertFalse(lines.filtered("problem"))
        for record_name, name in (("account", "phone"), ("contact", "email")):
            line = self.env.ref(f"lead_management.mapping_{record_name}_{name}")
            self.assertEqual((line.record_name, line.field_name), (record_name, name))
        kept = self.env["ir.model.data"].search(
            [("model", "=", lines._name), ("module", "=", "lead_management")]
        )
        self.assertTrue(all(kept.mapped("noupdate")), "an upgrade changes none")

    def test_what_was_deleted_does_not_come_back(self):
        line = self.env.ref("lead_management.mapping_account_fax")
        line.write({"lead_field_name": "x_code"})
        self.env["crm.lead.conversion.mapping"]._load_shipped()
        self.assertEqual(line.lead_field_name, "x_code")
        self.assertEqual(
            self.env["crm.lead.conversion.mapping"].search_count(
                [("record_name", "=", "account"), ("field_name", "=", "fax")]
            ),
            1,
        )

    def test_archived_line_gives_nothing_whoever_asks_first(self):
        self.env.ref("lead_management.mapping_account_phone").active = False
        lines = self.env["crm.lead.conversion.mapping"].with_context(active_test=False)
        self.assertNotIn("phone", lines._get_rules(False)["account"])

    def test_what_does_not_fit_is_refused(self):
        self._assert_refused(
            "Own code.*“text”.*Own seats.*“whole number”",
            "account",
            "x_seats",
            "x_code",
        )
        self._assert_refused("Country", "account", "x_region_id", "source_id")
        self._assert_refused("not there", "account", "x_gone", "x_code")
        self._assert_refused("not there", "account", "x_code", "x_gone")
        self._assert_refused("itself keeps", "account", "is_company", "x_is_key")
        self._assert_refused("itself keeps", "account", "company_id", "company_id")
        self._assert_refused("itself keeps", "opportunity", "user_id", "user_id")
        self._assert_refused("choose the field", "account", "x_code")
        self._assert_refused(
            "one of these conversions", "account", "x_code", "x_code", conversion="date"
        )
        self._assert_refused(
            "Own seats", "account", "x_seats", "x_seats", else_field_name="x_code"
        )

    def test_a_field_has_one_line_for_all_and_one_a_company(self):
        self._set("account", "x_code", "x_code")
        values = {
            "record_name": "account",
            "field_name": "x_code",
            "lead_field_name": "referred",
        }
        lines = self.env["crm.lead.conversion.mapping"]
        with self.assertRaisesRegex(ValidationError, "gets Own code already"):
            lines.create(values)
        lines.create({**values, "company_id": self.env.company.id})
        lines.create({**values, "record_name": "contact"})
        self.assertFalse(lines.create({**values, "active": False}).active)

    def test_fixed_values_that_are_none_are_refused(self):
        for field_name, constant, reason in (
            ("x_code", " ", "write a value"),
            ("x_seats", "7.5", "number such as 1234"),
            ("x_seats", "1e30", "number such as 1234"),
            ("x_rate", "nan", "number such as 1234.5"),
            ("x_rate", "many", "number such as 1234.5"),
            ("x_rate", "1.500", "write 1500 or 1.5000"),
            ("x_is_key", "no", "yes"),
            ("x_renewal", "31.12.2030", "2030-12-31"),
            ("x_size", "Huge", "Small, Large"),
            ("x_region_id", "Atlantis", "no record is called “Atlantis”"),
            ("x_market_ids", "France, Atlantis", "no record is called “Atlantis”"),
            ("x_market_ids", "Atlantis", "no record is called “Atlantis”"),
        ):
            with self.subTest(field_name, constant=constant):
                values = {"source": "constant", "constant": constant}
                self._assert_refused(reason, "account", field_name, **values)

    def test_a_fixed_value_means_the_same_in_every_language(self):
        """What others call otherwise gave nothing, if one of them converted first."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.france.with_context(lang="de_DE").name = "Frankreich"
        german = self.env(context={**self.env.context, "lang": "de_DE"})
        given = {"x_region_id": "Frankreich", "x_is_key": "Ja"}
        lines = [
            set_line(german, "account", name, source="constant", constant=text)
            for name, text in given.items()
        ]
        for lang in ("en_US", "de_DE"):
            self.env.registry.clear_cache()
            for line in lines:
                self.assertFalse(line.with_context(lang=lang).problem)
            mapping = self.env["crm.lead.conversion.mapping"].with_context(lang=lang)
            rules = mapping._get_rules(False)["account"]
            self.assertEqual(rules["x_region_id"].constant, self.france.id, lang)
            self.assertIs(rules["x_is_key"].constant, True, lang)

    def test_a_fixed_value_in_a_language_that_is_gone(self):
        """Nobody could convert a lead any more."""
        lang = self.env["res.lang"]._activate_lang("et_EE")
        estonian = self.env(context={**self.env.context, "lang": "et_EE"})
        values = {"source": "constant", "constant": "France"}
        set_line(estonian, "account", "x_region_id", **values)
        lang.active = False
        rules = self.env["crm.lead.conversion.mapping"]._get_rules(False)["account"]
        self.assertEqual(rules["x_region_id"].constant, self.france.id)

    @users("user_sales_salesman")
    def test_a_salesperson_reads_nothing_of_it(self):
        with self.assertRaises(AccessError):
            self.env["crm.lead.conversion.mapping"].search([])
