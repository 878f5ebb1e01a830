from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class OpenLeadsCase(TestLeadManagementCommon):
    """Ida Moss of Zephyrtronic, of whom the salesman has an open lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].search(
            [("key", "=like", "lead_management.open_lead_%")]
        ).unlink()
        cls.ida = cls._create_lead(
            cls.user_sales_salesman,
            contact_first_name="Ida",
            contact_last_name="Moss",
            partner_name="Zephyrtronic GmbH",
            email_from="ida.moss@zephyrtronic.example.com",
            phone="+1 202 555 0143",
        )

    def _set_policy(self, way, policy):
        self.env["ir.config_parameter"].sudo().set_param(
            f"lead_management.open_lead_{way}", policy
        )

    def _find(self, **values):
        return self.env["crm.lead"].find_open_leads(values)

    def _find_ids(self, **values):
        return [lead["id"] for lead in self._find(**values)["leads"]]


@tagged("post_install", "-at_install", "lead_duplicate")
class TestOpenLeads(OpenLeadsCase):
    @users("user_sales_salesman")
    def test_person_is_found_by_each_piece_of_evidence(self):
        for values, sure in (
            ({"email_from": "Ida <IDA.MOSS+fair@Zephyrtronic.example.com>"}, True),
            ({"phone": "+12025550143", "contact_name": "Moss, Ida"}, True),
            ({"phone": "+12025550143"}, False),
            ({"contact_name": "ida  MOSS", "partner_name": "Zephyrtronic"}, True),
            ({"contact_name": "I. Moss", "partner_name": "Zephyrtronic"}, False),
            ({"website": "www.zephyrtronic.example.com"}, False),
            ({"partner_name": "ZEPHYRTRONIC"}, False),
        ):
            with self.subTest(values=values):
                [found] = self._find(**values)["leads"]
                self.assertEqual((found["id"], found["sure"]), (self.ida.id, sure))
                self.assertTrue(found["reasons"])
                self.assertEqual(found["owner"], "Sam Salesman")

    @users("user_sales_salesman")
    def test_somebody_else_is_not_found(self):
        for values in (
            {"contact_name": "Ida Moss"},
            {"contact_name": "Otto Reed", "partner_name": "Zephyrtronic"},
            {"contact_name": "Otto Reed", "phone": "+12025550143"},
            {"email_from": "otto@elsewhere.example.com"},
            {"partner_name": "N/A", "contact_name": "-"},
            {},
        ):
            with self.subTest(values=values):
                self.assertEqual(self._find(**values), {"leads": [], "hidden": 0})

    @users("user_sales_salesman")
    def test_company_is_told_from_person(self):
        [found] = self._find(partner_name="Zephyrtronic")["leads"]
        self.assertFalse(found["is_person"])
        [found] = self._find(phone="+12025550143")["leads"]
        self.assertTrue(found["is_person"])

    @users("user_sales_salesman")
    def test_mailbox_that_many_read_is_not_sure(self):
        self.ida.email_from = "info@zephyrtronic.example.com"
        email = "info@zephyrtronic.example.com"
        self.assertFalse(self._find(email_from=email)["leads"][0]["sure"])
        self.assertFalse(
            self._find(email_from=email, contact_name="Otto Reed")["leads"]
        )
        [found] = self._find(email_from=email, contact_name="Ida Moss")["leads"]
        self.assertTrue(found["sure"])

    @users("user_sales_leads")
    def test_open_ones_only(self):
        email = self.ida.email_from
        self.ida.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertFalse(self._find_ids(email_from=email))
        self.ida.action_restore()
        self.assertEqual(self._find_ids(email_from=email), self.ida.ids)
        self.ida.convert_lead(target="account")
        self.assertFalse(self._find_ids(email_from=email))

    @users("user_sales_leads")
    def test_opportunities_too_until_they_are_won(self):
        email = self.ida.email_from
        self.ida.convert_opportunity(False)
        [found] = self._find(email_from=email)["leads"]
        self.assertEqual((found["id"], found["type"]), (self.ida.id, "opportunity"))
        self.ida.action_set_won()
        self.assertFalse(self._find_ids(email_from=email))

    @users("user_sales_salesman")
    def test_hidden_leads_are_counted_and_never_named(self):
        self.ida.sudo().user_id = self.user_sales_leads
        found = self._find(email_from=self.ida.sudo().email_from)
        self.assertEqual(found, {"leads": [], "hidden": 1})

    def test_other_company_is_no_duplicate(self):
        company = self.env["res.company"].create({"name": "Company B"})
        salesman = new_test_user(
            self.env,
            "salesman_b",
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.ida.company_id = self.company_main
        leads = self.env["crm.lead"].with_user(salesman)
        values = {"email_from": self.ida.email_from}
        self.assertEqual(leads.find_open_leads(values), {"leads": [], "hidden": 0})
        self.ida.write({"team_id": False, "company_id": False})
        self.assertEqual(len(leads.find_open_leads(values)["leads"]), 1)

    @users("user_sales_salesman")
    def test_lead_does_not_find_itself(self):
        values = {"email_from": self.ida.email_from}
        self.assertFalse(self._find_ids(id=self.ida.id, **values))

    def test_employees_and_visitors_learn_nothing(self):
        for groups in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, f"user_of_{groups}", groups)
            with self.assertRaises(AccessError):
                self.env["crm.lead"].with_user(user).find_open_leads({})

    @users("user_sales_salesman")
    def test_odd_values_are_refused(self):
        for values in ({"phone": 5}, {"contact_name": ["x"]}, {"id": "x"}, "x"):
            with self.assertRaises(UserError):
                self.env["crm.lead"].find_open_leads(values)

    @users("user_sales_salesman")
    def test_batch_equals_one_by_one_in_as_many_queries(self):
        leads = self.env["crm.lead"]
        values_list = [
            {
                "contact_name": f"Person {number % 7}",
                "partner_name": f"Quokkaworks {number % 3}",
                "email_from": f"person{number % 5}@quokkaworks{number % 3}.example.com",
                "phone": f"+1202555010{number % 4}",
            }
            for number in range(40)
        ]
        leads.create([{**values, "type": "lead"} for values in values_list[:25]])
        leads.browse().flush_model()
        one_by_one = [leads.find_open_leads(values, 50) for values in values_list]
        self.assertEqual(leads._find_open_leads_batch(values_list, 50), one_by_one)
        self.assertTrue(any(found["leads"] for found in one_by_one))
        counts = []
        for size in (1, 40):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._find_open_leads_batch(values_list[:size], 50)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 1, counts)
        self.assertLess(counts[1], 15)

    def test_whoever_is_sure_to_be_the_same_is_waited_for(self):
        keys = self.env["crm.account.key"]
        waited = set()
        for values in (
            {"contact_name": "Ida Moss", "partner_name": "Zephyrtronic GmbH"},
            {"contact_name": "Moss, Ida", "partner_name": "ZEPHYRTRONIC"},
        ):
            before = keys.search([("key", "=like", "lead %")])
            self.env["crm.lead"]._wait_for_same([values])
            keys.invalidate_model()
            waited.add(keys.search([("key", "=like", "lead %")]) - before)
        self.assertEqual(len(waited), 2)
        self.assertIn(keys, waited, "the second waits for the first")

    @users("user_sales_salesman")
    def test_policy_of_the_form(self):
        leads = self.env["crm.lead"]
        values = {"email_from": self.ida.email_from}
        self.assertEqual(len(leads.find_open_leads_of_form(values)["leads"]), 1)
        self._set_policy("form", "off")
        self.assertFalse(leads.find_open_leads_of_form(values)["leads"])
