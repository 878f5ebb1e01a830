from unittest.mock import MagicMock, patch

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged, users

from .test_bulk_job import TestBulkCommon

STATUS_REQUEST = "odoo.addons.lead_management.models.crm_lead.status_follow.request"


@tagged("post_install", "-at_install", "lead_conversion")
class TestWonLead(TestBulkCommon):
    """A lead is not won by accident: what is won is an opportunity, which a lead
    becomes with an account and an entry in the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_won = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.lead = cls.leads[0]

    def assertOpen(self):
        self.env.invalidate_all()
        self.assertEqual(self.lead.won_status, "pending")
        self.assertNotEqual(self.lead.status_id, self.status_converted)

    def _refuse(self, do, *args):
        with (
            self.assertRaisesRegex((RedirectWarning, UserError), "convert"),
            self.env.cr.savepoint(),
        ):
            do(*args)
        self.assertOpen()

    @users("user_sales_salesman", "user_sales_manager")
    def test_no_way_of_a_persons_wins_a_lead(self):
        self.lead = self._create_lead(self.user_sales_salesman)
        lead = self.lead.with_env(self.env)
        stage = {"stage_id": self.stage_won.id}
        self._refuse(lead.web_save, stage, {"display_name": {}})
        several = self.leads[:3].with_env(self.env)
        self._refuse(several.web_save_multi, [dict(stage)] * 3, {"display_name": {}})
        self._refuse(
            lead.create, {"name": "Won", "type": "lead", "partner_name": "A", **stage}
        )
        # An opportunity is won as ever.
        [result] = lead.convert_lead(target="opportunity")
        opportunity = lead.browse(result["opportunity_id"])
        opportunity.action_set_won()
        self.assertEqual(opportunity.won_status, "won")

    @users("user_sales_salesman", "user_sales_manager")
    def test_no_request_of_a_persons_wins_a_lead(self):
        self.lead = self._create_lead(self.user_sales_salesman)
        lead = self.lead.with_env(self.env)
        with patch(STATUS_REQUEST, MagicMock()):
            self._refuse(lead.write, {"stage_id": self.stage_won.id})
            self._refuse(
                lead.write, {"stage_id": self.stage_won.id, "probability": 100}
            )
            self._refuse(lead.action_set_won)
            self._refuse(lead.action_set_won_rainbowman)

    def test_mass_update_offers_nothing_that_wins_leads(self):
        updates = self.env["crm.lead.bulk.operation.update"]
        offered = updates.with_user(self.user_sales_manager)._get_fields()
        self.assertFalse(
            {"stage_id", "probability", "won_status", "status_id"} & offered.keys()
        )
        for name, value in (("stage_id", self.stage_won.id), ("probability", 100)):
            changes = [{"field": name, "way": "set", "value": value}]
            dialog = (
                self.env["crm.lead.bulk"]
                .with_user(self.user_sales_manager)
                .create(
                    {
                        "operation": "update",
                        "selection": [("id", "in", self.leads.ids)],
                        "changes": changes,
                    }
                )
            )
            with self.assertRaisesRegex(UserError, "can't be changed"):
                dialog.action_start()
            self.assertOpen()

    def test_lead_that_is_converted_in_name_only_can_be_converted(self):
        for target in ("account", "opportunity"):
            with self.subTest(target=target):
                lead = self._create_lead(
                    self.user_sales_salesman, contact_name="Jane", partner_name=target
                )
                # As an automation or the database of before may have done
                lead.sudo().action_set_won()
                self.assertEqual(lead.status_id, self.status_converted)
                self.assertFalse(lead.conversion_ids)
                [result] = lead.with_user(self.user_sales_salesman).convert_lead(target)
                self.assertTrue(result["account_id"])
                self.assertEqual(lead.conversion_ids.ids, [result["conversion_id"]])

    def test_wizard_converts_a_lead_that_is_converted_in_name_only(self):
        self.lead.sudo().action_set_won()
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.user_sales_salesman)
            .with_context(active_model="crm.lead", active_ids=self.lead.ids)
            .create({"lead_id": self.lead.id, "name": "convert", "action": "create"})
        )
        wizard.action_apply()
        self.assertEqual(len(self.lead.conversion_ids), 1)
        self.assertTrue(self.lead.conversion_ids.account_id)

    def test_job_converts_leads_that_are_converted_in_name_only(self):
        self.leads[:2].sudo().action_set_won()
        job = self._start(
            self.user_sales_manager, "convert", {"target": "account"}, self.leads[:3]
        )
        self.assertEqual(job.failed_count, 0, job.failure_ids.mapped("reason"))
        self.assertEqual(len(self.leads[:3].conversion_ids), 3)
