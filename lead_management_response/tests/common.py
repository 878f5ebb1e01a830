from freezegun import freeze_time

from odoo.fields import Datetime

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon

MONDAY = "2024-07-01 08:00:00"


class ResponseCase(TestQueueCommon):
    """Leads that are to be answered within an hour, counted around the clock, and a
    Monday morning on which they come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.response.policy"].search([]).active = False
        cls.policy = cls.env["crm.lead.response.policy"].create(
            {
                "name": "Within the hour",
                "domain": "[('partner_name', '=', 'Hasty')]",
                "minutes": 60,
                "hours": "always",
                "remind_minutes": 15,
                "leader_minutes": 30,
            }
        )

    def _arrive(self, moment=MONDAY, user=None, **values):
        """Let a lead come at a moment, given by a manager to its owner."""
        values = {"user_id": self.user_sales_salesman.id, **values}
        with freeze_time(moment):
            return self._create_lead(
                user or self.user_sales_manager,
                **{"partner_name": "Hasty", "team_id": self.sales_team_1.id, **values},
            )

    def _run_steps(self, moment):
        self.env.flush_all()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(
                "lead_management_response.ir_cron_response"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _write_to_person(self, lead, moment, user=None):
        with freeze_time(moment):
            lead.with_user(user or lead.user_id).message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
            )

    def _get_reminders(self, lead):
        types = self.env["crm.lead"]._get_known_types()
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", lead.ids),
                ("activity_type_id", "in", types.ids),
            ]
        )

    def _at(self, text):
        return Datetime.to_datetime(f"2024-07-01 {text}")
