import logging
from datetime import date

from odoo.tests import Form, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

LOGGER = "odoo.addons.lead_management.models.ir_config_parameter"
NUMBERS = (
    "bant_threshold",
    "bant_weight_contact",
    "bant_weight_need",
    "bant_weight_budget",
    "bant_weight_authority",
    "bant_weight_timing",
    "neglect_days",
    "escalation_days",
    "recycle_days",
    "undo_days",
    "account_match_threshold",
    "account_match_sure",
    "target_country_group_id",
    "bulk_at_once",
    "capture_ceiling",
    "capture_kept_days",
)
FLAGS = (
    "bant_gate",
    "require_first_name",
    "require_last_name",
    "require_company",
)
CHOICES = ("duplicate_policy", "auto_link")
TEXTS = ("many", "20,5", "-3", "1e999", "9" * 30, " ")


@tagged("post_install", "-at_install", "lead_settings")
class TestTextInSettings(TestLeadManagementCommon):
    """Whatever stands in a system parameter, leads are read, made and converted."""

    def _set_all(self, text, names=NUMBERS + FLAGS + CHOICES):
        for name in names:
            self.env["ir.config_parameter"].set_param(f"lead_management.{name}", text)

    def _live_a_life(self):
        """Do what asks for every setting that leads have."""
        salesman = self.user_sales_salesman
        leads = self.env["crm.lead"].with_user(salesman)
        form = Form(leads.with_context(default_type="lead"))
        form.contact_first_name, form.contact_last_name = "Ada", "Byron"
        form.partner_name = "Analytical Engines"
        lead = form.save()
        self.assertFalse(lead.is_qualified)
        self.assertFalse(leads.search([("is_neglected", "=", True)]) & lead)
        self.assertGreater(leads._get_default_recycle_date(), date.today())
        self.env["crm.lead"]._recompute_bant_scores()
        leads.get_lead_home()
        leads.find_possible_accounts({"partner_name": "Analytical Engines"})
        [result] = lead.convert_lead()
        conversion = leads.env["crm.lead.conversion"].browse(result["conversion_id"])
        self.assertTrue(conversion.can_undo)
        conversion.action_undo()
        self.env["crm.lead.bulk.job"]._get_at_once_limit()
        self.env["crm.lead.capture.submission"]._get_ceiling()
        self.env["crm.lead.capture.submission"]._get_kept_days()
        self.env["crm.lead.star.rule"].action_apply_to_all()

    def test_any_text_gives_the_default_and_stops_nothing(self):
        self._set_all(None)
        self._live_a_life()
        settings = self.env["res.config.settings"]
        defaults = settings.get_values()
        names = [name for name in defaults if name.startswith("lead_")]
        for text in TEXTS:
            with self.subTest(text=text), self.assertLogs("odoo.addons", "WARNING"):
                self._set_all(text)
                self._live_a_life()
                values = settings.get_values()
                for name in names:
                    self.assertEqual(values[name], defaults[name], name)

    def test_warning_is_said_once_for_each_parameter(self):
        parameters = self.env["ir.config_parameter"]
        lead = self.lead_own.with_user(self.user_sales_salesman)
        parameters.set_param("lead_management.bant_threshold", "sixty")
        with self.assertLogs(LOGGER, logging.WARNING) as log:
            for _read in range(5):
                lead.invalidate_recordset()
                self.assertFalse(lead.is_qualified)
        self.assertEqual(len(log.output), 1)
        self.assertIn("lead_management.bant_threshold", log.output[0])
        self.assertIn("sixty", log.output[0])

    def test_settings_page_opens_and_mends_the_texts(self):
        self._set_all("anything")
        admin = self.env.ref("base.user_admin")
        admin.group_ids += self.env.ref("base.group_system")
        # Native says its own of the settings that it reads.
        with self.assertLogs("odoo.addons", logging.WARNING):
            settings = Form(self.env["res.config.settings"].with_user(admin)).save()
            self.assertEqual(settings.lead_bant_threshold, 60)
            self.assertEqual(settings.lead_duplicate_policy, "warn")
            settings.set_values()
        get_param = self.env["ir.config_parameter"].get_param
        self.assertEqual(get_param("lead_management.bant_threshold"), "60")
        self.assertEqual(get_param("lead_management.duplicate_policy"), "warn")

    def test_usable_values_hold(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("lead_management.bant_threshold", " 0 ")
        parameters.set_param("lead_management.bant_gate", "true")
        parameters.set_param("lead_management.duplicate_policy", "block")
        self.assertEqual(self.env["crm.lead"]._get_bant_threshold(), 0)
        self.assertTrue(self.env["crm.lead"]._is_bant_gate_on())
        self.assertEqual(self.env["res.partner"]._get_duplicate_policy(), "block")
