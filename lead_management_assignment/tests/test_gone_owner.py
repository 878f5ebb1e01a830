from odoo.tests import Form, tagged

from .test_assignment_rule import TestAssignmentCommon


@tagged("post_install", "-at_install", "lead_assignment")
class TestGoneOwner(TestAssignmentCommon):
    """An owner who was archived has no leads to come, and nothing to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.lead_default_owner_id = False
        cls.team = cls.env["crm.team"].create(
            {"name": "Leaderless", "user_id": cls.bert.id, "company_id": False}
        )

    def _create_recycled(self, **values):
        lead = self._create_leads(
            1,
            user_id=self.anna.id,
            team_id=self.team.id,
            partner_name="Acme",
            contact_name="Jane Doe",
            **values,
        )
        lead.write(
            {"status_id": self.status_recycled.id, "recycle_reason": "No budget"}
        )
        self.anna.active = False
        return lead

    def _reopen(self, lead):
        lead._reopen_recycled()
        self.assertNotEqual(lead.status_id, self.status_recycled)

    def test_recycled_lead_goes_to_the_default_owner(self):
        self.company.lead_default_owner_id = self.cora
        lead = self._create_recycled()
        self._reopen(lead)
        self.assertEqual(lead.user_id, self.cora)
        self.assertEqual(lead.activity_ids.user_id, self.cora)

    def test_recycled_lead_goes_to_the_leader_of_its_team(self):
        for default_owner in ("archived", "elsewhere"):
            with self.subTest(default_owner=default_owner):
                owner = self.cora.copy({"login": default_owner})
                self.company.lead_default_owner_id = owner
                lead = self._create_recycled(company_id=self.company.id)
                if default_owner == "archived":
                    owner.active = False
                else:
                    abroad = self.env["res.company"].create({"name": "Abroad"})
                    owner.write({"company_ids": abroad.ids, "company_id": abroad.id})
                self._reopen(lead)
                self.assertEqual(lead.user_id, self.bert)
                self.assertEqual(lead.activity_ids.user_id, self.bert)
                self.anna.active = True

    def test_recycled_lead_that_nobody_can_have_is_nobodys(self):
        self.team.user_id = False
        lead = self._create_recycled()
        self._reopen(lead)
        self.assertFalse(lead.user_id)
        self.assertFalse(lead.activity_ids.user_id)
        self.assertEqual(lead.status_id, self.status_new)

    def test_reply_to_a_recycled_lead_finds_somebody(self):
        self.company.lead_default_owner_id = self.cora
        lead = self._create_recycled()
        lead._reopen_recycled(to_owner=True)
        self.assertEqual(lead.user_id, self.cora)

    def test_rules_keep_no_owner_who_is_gone(self):
        self._create_entry("Kept", user=self.cora, keep_owner=True)
        lead = self._create_recycled()
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)

    def test_wizard_presets_somebody_who_is_there(self):
        self.company.lead_default_owner_id = self.cora
        lead = self._create_recycled()
        wizard = Form(
            self.env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
        )
        self.assertEqual(wizard.user_id, self.cora)

    def test_result_of_a_conversion_is_somebodys_who_is_there(self):
        self.company.lead_default_owner_id = self.cora
        for target in ("account", "opportunity"):
            with self.subTest(target=target):
                lead = self._create_recycled()
                [result] = lead.convert_lead(target=target)
                partners = self.env["res.partner"].browse(
                    [result["account_id"], result["contact_id"]]
                )
                self.assertEqual(partners.user_id, self.cora)
                if target == "opportunity":
                    self.assertEqual(lead.user_id, self.cora)
                self.anna.active = True
