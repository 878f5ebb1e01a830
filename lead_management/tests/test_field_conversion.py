from odoo.tests import BaseCase, tagged

from ..tools.field_conversion import TYPES, FieldType, get_conversions

CHAR, TEXT, HTML = map(FieldType, ("char", "text", "html"))
INTEGER, FLOAT, MONETARY = map(FieldType, ("integer", "float", "monetary"))
DATE, DATETIME, BOOLEAN = map(FieldType, ("date", "datetime", "boolean"))
BINARY = FieldType("binary")
COUNTRY = FieldType("many2one", "res.country", has_code=True)
COUNTRIES = FieldType("many2many", "res.country", has_code=True)
TEAM = FieldType("many2one", "crm.team")
LEAD_TAGS = FieldType("many2many", "crm.tag")
CONTACT_TAGS = FieldType("many2many", "res.partner.category")
SMALL = FieldType("selection", options=frozenset("a"))
LARGE = FieldType("selection", options=frozenset("ab"))
LIST = FieldType("tags", options=frozenset("a"))
LONG_LIST = FieldType("tags", options=frozenset("ab"))


@tagged("post_install", "-at_install", "lead_conversion")
class TestFieldConversion(BaseCase):
    """Which fields take what from which, the most natural way first."""

    def _check(self, *cases):
        for source, target, ways in cases:
            with self.subTest(source=source, target=target):
                self.assertEqual(get_conversions(source, target), ways)

    def test_same_types(self):
        self._check(
            (CHAR, CHAR, ["copy", "email"]),
            (TEXT, TEXT, ["copy"]),
            (INTEGER, INTEGER, ["copy"]),
            (DATE, DATE, ["copy"]),
            (BOOLEAN, BOOLEAN, ["copy"]),
            (BINARY, BINARY, []),
        )

    def test_links_are_to_the_same_records(self):
        self._check(
            (COUNTRY, COUNTRY, ["copy"]),
            (COUNTRY, TEAM, []),
            (COUNTRY, COUNTRIES, []),
            (COUNTRIES, COUNTRIES, ["copy"]),
            (LEAD_TAGS, CONTACT_TAGS, ["tags"]),
            (CONTACT_TAGS, LEAD_TAGS, []),
            (FieldType("many2one", "crm.tag"), CONTACT_TAGS, []),
        )

    def test_options_are_all_there(self):
        self._check(
            (SMALL, LARGE, ["copy"]),
            (LARGE, SMALL, []),
            (LARGE, FieldType("selection"), []),
            (FieldType("selection"), SMALL, ["copy"]),
            (LIST, LONG_LIST, ["copy"]),
            (LONG_LIST, LIST, []),
        )

    def test_numbers_and_days(self):
        for one, other in (
            (INTEGER, FLOAT),
            (FLOAT, MONETARY),
            (MONETARY, INTEGER),
        ):
            self._check((one, other, ["number"]), (other, one, ["number"]))
        self._check((DATE, DATETIME, ["date"]), (DATETIME, DATE, ["date"]))
        self._check((DATE, FLOAT, []), (INTEGER, DATETIME, []), (BOOLEAN, INTEGER, []))

    def test_everything_but_files_can_be_read(self):
        for name in TYPES:
            ways = ["copy"] if name == "text" else ["text"]
            self._check((FieldType(name), TEXT, ways))
        self._check((BINARY, CHAR, []), (HTML, CHAR, ["text"]), (CHAR, DATE, []))

    def test_codes_of_records_and_options(self):
        self._check(
            (COUNTRY, CHAR, ["text", "code"]),
            (COUNTRY, LARGE, ["code"]),
            (COUNTRY, TEXT, ["text"]),
            (TEAM, CHAR, ["text"]),
            (TEAM, LARGE, []),
            (COUNTRIES, CHAR, ["text"]),
            (SMALL, CHAR, ["text", "code"]),
            (SMALL, HTML, ["text"]),
        )
