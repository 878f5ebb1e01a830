from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged, users

from .test_lead_conversion import ConversionCase


class ConversionDoorCase(ConversionCase):
    """Ways into conversion that the addon did not make: status and ledger follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.door_lead = cls._create_lead(
            cls.user_sales_manager,
            contact_name="Jim Poe",
            email_from="jim@zephyr.example.com",
            partner_name="Zephyrtronic",
            team_id=cls.sales_team_1.id,
        )

    def _assert_entered(self, lead, user):
        """Check that the ledger has what became of a lead, and can undo it."""
        lead.invalidate_recordset()
        conversion = lead.conversion_id
        self.assertEqual(conversion.lead_id, lead)
        self.assertEqual(conversion.opportunity_id, lead)
        self.assertEqual(conversion.user_id, user)
        self.assertEqual(conversion.target, "opportunity")
        self.assertEqual(
            conversion.contact_id, lead.partner_id.filtered(lambda p: not p.is_company)
        )
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.status_id, self.status_converted)
        conversion.with_user(self.user_sales_manager).action_undo()
        self.assertEqual(lead.type, "lead")
        self.assertFalse(lead.conversion_id)
        self.assertNotEqual(lead.status_id, self.status_converted)


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionDoors(ConversionDoorCase):
    def _open_wizard(self, model, lead, **values):
        return (
            self.env[model]
            .with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            .create(values)
        )

    @users("user_sales_manager")
    def test_wizard(self):
        lead = self.door_lead.with_env(self.env)
        wizard = self._open_wizard(
            "crm.lead2opportunity.partner", lead, name="convert", action="create"
        )
        wizard.action_apply()
        self.assertEqual(lead.partner_id.name, "Jim Poe")
        self.assertEqual(lead.partner_id.parent_id.name, "Zephyrtronic")
        self._assert_entered(lead, self.env.user)

    @users("user_sales_manager")
    def test_what_native_replaces_is_noted(self):
        lead = self.lead.with_env(self.env)
        customer = self.env["res.partner"].create(
            {"name": "Jane", "street": "2 Side Street", "city": "Paris"}
        )
        lead.convert_opportunity(customer)
        self.assertEqual(lead.street, "2 Side Street", "as native does")
        note = lead.message_ids.filtered(lambda one: "Replaced by" in (one.body or ""))
        for text in ("1 Main Street", "Springfield", "Jane Doe"):
            self.assertIn(text, note.body)

    @users("user_sales_manager")
    def test_wizard_for_a_customer(self):
        lead = self.door_lead.with_env(self.env)
        wizard = self._open_wizard(
            "crm.lead2opportunity.partner", lead, name="convert", action="exist"
        )
        wizard.partner_id = self.customer_contact
        wizard.action_apply()
        self.assertEqual(lead.partner_id, self.customer_contact)
        self._assert_entered(lead, self.env.user)

    @users("user_sales_manager")
    def test_mass_wizard(self):
        lead = self.door_lead.with_env(self.env)
        wizard = self._open_wizard(
            "crm.lead2opportunity.partner.mass", lead, deduplicate=False
        )
        wizard.action_mass_convert()
        self._assert_entered(lead, self.env.user)

    @users("user_sales_manager")
    def test_merge_in_the_wizard(self):
        lead = self.door_lead.with_env(self.env)
        twin = lead.copy({"contact_name": "Jim Poe", "description": "<p>Twin</p>"})
        wizard = self._open_wizard("crm.lead2opportunity.partner", lead, name="merge")
        self.assertEqual(wizard.duplicated_lead_ids, lead | twin)
        wizard.action_apply()
        kept = (lead | twin).exists()
        self.assertEqual(len(kept), 1)
        self._assert_entered(kept, self.env.user)

    @users("user_sales_manager")
    def test_merge_into_an_opportunity(self):
        """The lead is a part of the opportunity then: there is nothing to enter."""
        lead = self.door_lead.with_env(self.env)
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "email_from": lead.email_from}
        )
        merged = (lead | deal).merge_opportunity()
        self.assertEqual(merged, deal)
        self.assertEqual(merged.type, "opportunity")
        self.assertFalse(lead.exists())
        self.assertFalse(merged.conversion_id)

    @users("user_sales_manager")
    def test_merge_of_a_converted_lead_keeps_its_entry(self):
        lead = self.door_lead.with_env(self.env)
        lead.convert_lead(target="opportunity")
        conversion = lead.conversion_id
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        deal.probability = 90  # so that it is the one that stays
        merged = (lead | deal).merge_opportunity()
        self.assertTrue(merged.exists())
        if merged == lead:
            self.assertEqual(merged.conversion_id, conversion)

    @users("user_sales_manager")
    def test_convert_opportunity(self):
        lead = self.door_lead.with_env(self.env)
        lead.convert_opportunity(self.customer_contact)
        self.assertEqual(lead.partner_id, self.customer_contact)
        self._assert_entered(lead, self.env.user)

    @users("user_sales_manager")
    def test_writing_the_type(self):
        lead = self.door_lead.with_env(self.env)
        lead.write({"type": "opportunity"})
        self._assert_entered(lead, self.env.user)

    def test_team_assignment_by_cron(self):
        lead = self.door_lead
        lead.write({"user_id": False, "date_open": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - interval '1 day'"
            " WHERE id = %s",
            [lead.id],
        )
        others = self.env["crm.lead"].search(
            [("id", "!=", lead.id), ("user_id", "=", False)]
        )
        others.active = False
        member = self.env["crm.team.member"].create(
            {
                "user_id": self.user_sales_salesman.id,
                "crm_team_id": self.env["crm.team"].create({"name": "Zephyrs"}).id,
                "assignment_max": 30,
            }
        )
        team = member.crm_team_id
        team.assignment_domain = f"[('id', '=', {lead.id})]"
        lead.team_id = team
        team._action_assign_leads(force_quota=True)
        lead.invalidate_recordset()
        self.assertEqual(lead.user_id, self.user_sales_salesman)
        self._assert_entered(lead, self.env.user)

    @users("user_sales_salesman")
    def test_opportunity_that_was_never_a_lead_has_no_entry(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        deal.type = "opportunity"
        self.assertFalse(deal.conversion_id)

    @users("user_sales_salesman")
    def test_entry_is_shown_to_who_may_see_the_lead(self):
        other = self._create_lead(self.user_sales_leads, contact_name="Jim Doe")
        other.with_user(self.user_sales_leads).convert_lead()
        self.assertFalse(
            self.env["crm.lead.conversion"].search([("lead_id", "=", other.id)])
        )


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionWebDoors(ConversionDoorCase, HttpCase):
    def test_link_in_a_mail(self):
        lead = self.door_lead.with_user(self.user_sales_manager)
        link = lead._notify_get_action_link("controller", controller="/lead/convert")
        self.authenticate("user_sales_manager", "user_sales_manager")
        response = self.url_open(link)
        self.assertEqual(response.status_code, 200)
        self._assert_entered(lead, self.user_sales_manager)

    def test_native_call_over_rpc(self):
        lead = self.door_lead.with_user(self.user_sales_manager)
        self.authenticate("user_sales_manager", "user_sales_manager")
        self.make_jsonrpc_request(
            "/web/dataset/call_kw/crm.lead/convert_opportunity",
            {
                "model": "crm.lead",
                "method": "convert_opportunity",
                "args": [lead.ids, False],
                "kwargs": {},
            },
        )
        self._assert_entered(lead, self.user_sales_manager)

    def test_convert_lead_over_json_2(self):
        """The example in the docs."""
        lead = self.door_lead.with_user(self.user_sales_manager)
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user_sales_manager)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        response = self.url_open(
            "/json/2/crm.lead/convert_lead",
            json={
                "ids": lead.ids,
                "target": "opportunity",
                "overrides": {
                    "opportunity": {"name": "Pilot", "expected_revenue": 5000}
                },
            },
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(response.status_code, 200, response.text)
        [answer] = response.json()
        self.assertEqual(answer["lead_id"], lead.id)
        self.assertEqual(answer["opportunity_id"], lead.id)
        lead.invalidate_recordset()
        self.assertEqual(lead.name, "Pilot")
        self.assertEqual(answer["contact_id"], lead.partner_id.id)
        response = self.url_open(
            "/json/2/crm.lead.conversion/action_undo",
            json={"ids": [answer["conversion_id"]]},
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(response.status_code, 200, response.text)
        lead.invalidate_recordset()
        self.assertEqual(lead.type, "lead")
