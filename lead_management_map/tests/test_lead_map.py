from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged, users

from odoo.addons.base_geolocalize.models.base_geocoder import BaseGeocoder
from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install")
class TestLeadMap(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_own.write(
            {
                "street": "Rue d'Été 1 & 2",
                "city": "Toulouse",
                "zip": "31000",
                "country_id": cls.env.ref("base.fr").id,
            }
        )

    @contextmanager
    def geocoder(self, answer):
        """Stand in for the geocoding service: `answer` is returned, or raised."""
        asked = []

        def geo_find(_self, address, **options):
            asked.append(address)
            if isinstance(answer, Exception):
                raise answer
            return answer

        with patch.object(BaseGeocoder, "geo_find", geo_find):
            yield asked

    def get_map(self):
        return self.lead_own.with_user(self.user_sales_salesman).get_map()

    def choose(self, provider):
        self.env["ir.config_parameter"].sudo().set_param(
            "base_geolocalize.geo_provider",
            str(self.env.ref(f"base_geolocalize.{provider}").id),
        )

    def test_position_is_looked_up_once_for_an_address(self):
        self.choose("geoprovider_open_street")
        with self.geocoder((43.6, 1.44)) as asked:
            values = self.get_map()
            self.assertIn("marker=43.600000%2C1.440000", values["embed_url"])
            self.assertEqual(self.get_map(), values)
            self.assertEqual(len(asked), 1)
            self.lead_own.city = "Blagnac"
            self.get_map()
            self.assertEqual(len(asked), 2)

    def test_sum_of_positions_is_no_measure_of_a_report(self):
        fields = self.env["crm.lead"].fields_get(attributes=["aggregator"])
        for name in ("map_latitude", "map_longitude"):
            self.assertFalse(fields[name].get("aggregator"), name)
        self.assertEqual(fields["expected_revenue"]["aggregator"], "sum")

    @users("user_sales_leads")
    def test_looking_at_the_map_changes_no_lead(self):
        self.choose("geoprovider_open_street")
        lead = self.lead_own
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = write_date - interval '1 day',"
            " write_uid = %s WHERE id = %s",
            [self.user_sales_salesman.id, lead.id],
        )
        lead.invalidate_recordset()
        written = lead.write_date, lead.write_uid, lead.date_last_touch
        with self.geocoder((43.6, 1.44)):
            lead.with_env(self.env).get_map()
        self.env.flush_all()
        lead.invalidate_recordset()
        self.assertEqual((lead.map_latitude, lead.map_longitude), (43.6, 1.44))
        self.assertEqual(
            (lead.write_date, lead.write_uid, lead.date_last_touch), written
        )

    def test_unknown_address_is_told_and_not_asked_again(self):
        self.choose("geoprovider_open_street")
        with self.geocoder(None) as asked:
            self.assertIn("isn't on the map", self.get_map()["problem"])
            values = self.get_map()
            self.assertEqual(len(asked), 1)
        self.assertEqual(values["embed_url"], "")
        self.assertIn("openstreetmap.org/search", values["open_url"])

    def test_no_service_loses_nothing(self):
        self.choose("geoprovider_open_street")
        with self.geocoder(UserError("down")):
            values = self.get_map()
        self.assertIn("can't be reached", values["problem"])
        self.assertFalse(self.lead_own.map_address)

    def test_google_takes_the_address(self):
        self.choose("geoprovider_google_map")
        with self.geocoder(UserError("not to be asked")) as asked:
            values = self.get_map()
        self.assertFalse(asked)
        self.assertIn("Rue%20d%27%C3%89t%C3%A9%201%20%26%202", values["embed_url"])

    def test_no_address_no_map(self):
        self.lead_own.write({"street": False, "city": False, "zip": False})
        self.assertFalse(any(self.get_map().values()))

    def test_map_waits_for_a_click_unless_told(self):
        self.assertFalse(self.lead_own.map_at_once)
        self.env["ir.config_parameter"].set_param("lead_management.map_at_once", "True")
        self.lead_own.invalidate_recordset(["map_at_once"])
        self.assertTrue(self.lead_own.map_at_once)

    def test_link_to_the_map_asks_no_service(self):
        self.choose("geoprovider_open_street")
        with self.geocoder(UserError("not to be asked")) as asked:
            url = self.lead_own.map_url
            self.lead_own.write({"street": False, "city": False, "zip": False})
            self.assertFalse(self.lead_own.map_url)
        self.assertFalse(asked)
        self.assertTrue(
            url.startswith("https://www.openstreetmap.org/search?query=Rue%20d%27")
        )

    def test_map_of_another_s_lead_is_refused(self):
        lead = self._create_lead(self.user_sales_manager)
        with self.assertRaises(AccessError):
            lead.with_user(self.user_sales_salesman).get_map()

    def test_any_text_in_the_setting_is_a_choice(self):
        with self.assertLogs("odoo.addons.lead_management", "WARNING") as log:
            for text, is_shown in (("many", False), ("-3", False), ("True", True)):
                self.env["ir.config_parameter"].set_param(
                    "lead_management.map_at_once", text
                )
                self.lead_own.invalidate_recordset(["map_at_once"])
                self.assertEqual(self.lead_own.map_at_once, is_shown, text)
        self.assertEqual(len(log.output), 2)

    def test_map_is_loaded_when_it_is_shown(self):
        files = {}
        for bundle in ("web.assets_web", "lead_management.assets_lazy"):
            content, _external = self.env["ir.qweb"]._get_asset_content(bundle)
            files[bundle] = {file["url"] for file in content}
        script = "/lead_management_map/static/src/lead_map/lazy/lead_map.js"
        self.assertNotIn(script, files["web.assets_web"])
        self.assertIn(script, files["lead_management.assets_lazy"])


@tagged("post_install", "-at_install", "lead_tours")
class TestTourMap(TestLeadManagementCommon, HttpCase):
    def test_map_is_shown_when_asked_for(self):
        self.lead_own.write({"street": "Rocket Road 1", "city": "Toulouse"})
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}",
            "lead_map",
            login="user_sales_salesman",
        )
