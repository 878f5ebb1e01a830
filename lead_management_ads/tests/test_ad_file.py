import csv
import io
from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..tools import ad_file, ad_platform


def make_row(name="gclid", **values):
    return ad_platform.Row(
        **{
            "event_id": "7",
            "goal": "Qualified",
            "date": datetime(2026, 3, 1, 9, 30),
            "click": ad_platform.Click(name, "Ab-1_x"),
            "clicked": datetime(2026, 2, 1),
            "email": "Jane@Example.com ",
            "value": 12.5,
            "currency": "EUR",
            **values,
        }
    )


@tagged("post_install", "-at_install", "lead_ads")
class TestAdFile(BaseCase):
    def _read(self, platform, *rows):
        lines = csv.reader(io.StringIO(ad_file.write(platform, rows)))
        return list(lines)

    def test_google(self):
        zone, titles, *rows = self._read(
            "google", make_row(), make_row("wbraid", value=0)
        )
        self.assertEqual(zone, ["Parameters:TimeZone=+0000"])
        first, second = (dict(zip(titles, row, strict=True)) for row in rows)
        self.assertEqual(first["Google Click ID"], "Ab-1_x")
        self.assertEqual(first["Conversion Time"], "2026-03-01 09:30:00")
        self.assertEqual(first["Conversion Value"], "12.50")
        self.assertEqual(second["Google Click ID"], "")
        self.assertEqual(second["WBRAID"], "Ab-1_x")
        self.assertEqual(second["Conversion Currency"], "", "Without a value")

    def test_addresses_are_told_as_their_digest(self):
        digest = "8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d"
        for platform in ("meta", "linkedin"):
            text = ad_file.write(platform, [make_row(ad_platform.CLICKS[platform][0])])
            self.assertIn(digest, text)
            self.assertNotIn("jane", text.lower())

    def test_no_value_is_a_formula(self):
        [_zone, _titles, row] = self._read(
            "microsoft", make_row("msclkid", goal="=1+1")
        )
        self.assertEqual(row[1], "'=1+1")

    def test_a_click_is_told_as_it_is(self):
        click = ad_platform.Click("gclid", "-Ab_1")
        [_zone, _titles, row] = self._read("google", make_row(click=click))
        self.assertEqual(row[0], "-Ab_1")

    def test_the_last_click_counts(self):
        touches = {"first_gclid": "old", "last_gclid": "new", "last_msclkid": "other"}
        click = ad_platform.find_click("google", touches)
        self.assertEqual(click, ad_platform.Click("gclid", "new"))
        click = ad_platform.find_click("google", {"first_wbraid": "old"})
        self.assertEqual(click, ad_platform.Click("wbraid", "old"))
        with self.assertRaises(KeyError):
            ad_platform.find_click("meta", touches)
