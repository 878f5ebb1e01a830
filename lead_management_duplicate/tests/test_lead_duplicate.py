from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_duplicate")
class TestLeadDuplicate(TestLeadManagementCommon):
    """The salesman has two leads of Ida Moss."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.groups = cls.env["crm.lead.duplicate"]
        cls.one = cls._create_lead(
            cls.user_sales_salesman,
            contact_name="Ida Moss",
            partner_name="Zephyrtronic GmbH",
            email_from="ida@zephyrtronic.example.com",
            phone="+1 202 555 0143",
            city="Ghent",
        )
        cls.two = cls._create_lead(
            cls.user_sales_salesman,
            contact_name="Ida Moss",
            partner_name="Zephyrtronic",
            email_from="ida+fair@zephyrtronic.example.com",
            phone="+1 202 555 0199",
            street="New Street 5",
            city="Bruges",
        )
        cls.pair = cls.one | cls.two

    def _find_group(self, lead=None):
        self.groups._refresh()
        return self.groups.search([("lead_ids", "in", (lead or self.one).ids)])

    def test_reasons(self):
        group = self._find_group()
        self.assertEqual(group.lead_ids, self.pair)
        self.assertEqual(group.reasons, "same email, same name and company")
        self.two.write({"email_from": False, "partner_name": False})
        self.assertFalse(self._find_group())
        self.two.phone = self.one.phone
        self.assertEqual(self._find_group().reasons, "same name and phone")

    def test_placeholder_is_no_name(self):
        self.pair.write({"email_from": False, "phone": "+1 202 555 0143"})
        self.assertTrue(self._find_group())
        for name in ("n/a", "unbekannt", "Xxx"):
            self.pair.contact_name = name
            self.assertFalse(self._find_group(), name)

    def test_mailbox_that_many_read_tells_nothing(self):
        self.pair.write({"email_from": "info@x.example.com", "partner_name": False})
        self.two.contact_name = "Otto Reed"
        self.assertFalse(self._find_group())
        self.pair.write({"email_from": "info+fair@x.example.com"})
        self.assertFalse(self._find_group())

    def test_closed_leads_are_no_duplicates(self):
        self.two.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertFalse(self._find_group())

    def test_leads_of_two_companies_are_no_duplicates(self):
        company = self.env["res.company"].create({"name": "Company B"})
        self.pair.write({"user_id": False, "team_id": False})
        self.one.company_id = self.company_main
        self.two.company_id = company
        self.assertFalse(self._find_group())

    def test_shown_to_who_may_read_both(self):
        group = self._find_group()
        mine = self.groups.with_user(self.user_sales_salesman)
        self.assertIn(group, mine.search([]))
        self.two.user_id = self.user_sales_leads
        self.env.invalidate_all()
        self.assertNotIn(group, mine.search([]))
        self.assertIn(group, self.groups.with_user(self.user_sales_leads).search([]))

    def test_hidden_ones_are_counted(self):
        three = self.one.copy({"user_id": self.user_sales_leads.id})
        three.email_from = self.one.email_from
        group = self._find_group()
        self.assertEqual(group.lead_ids, self.pair | three)
        self.env.invalidate_all()
        mine = group.with_user(self.user_sales_salesman)
        self.assertEqual(mine.hidden_count, 1)
        self.assertIn("1 more that you cannot open", mine.display_name)

    def test_not_duplicates_is_remembered(self):
        group = self._find_group().with_user(self.user_sales_salesman)
        group.action_dismiss()
        self.assertEqual(group.state, "dismissed")
        self.assertEqual(self._find_group(), group.sudo())
        self.assertEqual(group.state, "dismissed")
        group.action_reopen()
        self.assertEqual(self._find_group().state, "open")

    def test_reviewing_again_forgets_of_the_group_alone(self):
        other = self._create_lead(self.user_sales_salesman, contact_name="Otto Reed")
        self.one._keep_apart([(self.one.id, other.id)])
        other.action_set_lost(lost_reason_id=self.lost_reason.id)
        group = self._find_group()
        group.action_dismiss()
        group.action_reopen()
        pairs = self.groups._get_pairs_apart()
        self.assertIn((self.one.id, other.id), pairs)
        self.assertNotIn((self.one.id, self.two.id), pairs)

    def test_nobody_decides_about_leads_they_cannot_open(self):
        self.one.copy(
            {"user_id": self.user_sales_leads.id, "email_from": self.one.email_from}
        )
        group = self._find_group()
        self.env.invalidate_all()
        mine = group.with_user(self.user_sales_salesman)
        for decide in (mine.action_dismiss, mine.action_merge):
            with self.assertRaises(AccessError):
                decide()
        self.assertEqual(group.state, "open")

    def test_one_is_taken_out_of_a_group(self):
        three = self.one.copy({"user_id": self.user_sales_salesman.id})
        three.email_from = self.one.email_from
        group = self._find_group()
        lead = three.with_user(self.user_sales_salesman)
        lead.with_context(lead_duplicate_id=group.id).action_not_duplicate()
        self.assertEqual(group.lead_ids, self.pair)
        self.assertEqual(self._find_group(three), self.groups)

    def test_only_who_may_change_them_decides(self):
        group = self._find_group()
        with self.assertRaises(AccessError):
            group.with_user(self.env.ref("base.public_user")).action_dismiss()

    @users("user_sales_salesman")
    def test_merge_with_a_choice_per_field(self):
        group = self._find_group().with_env(self.env)
        action = group.action_merge()
        merge = self.env[action["res_model"]].browse(action["res_id"])
        choices = {choice.name: choice for choice in merge.choice_ids}
        self.assertEqual(
            choices.keys(), {"partner_name", "email_from", "phone", "street"}
        )
        for choice in choices.values():
            self.assertIn(choice.value_id, choice.value_ids)
            choice.value_id = choice.value_ids.filtered(
                lambda value: value.lead_id == self.two
            )
        self.assertIn("0143", merge.left_out)
        self.assertNotIn("0199", merge.left_out)
        merge.action_merge()
        left = self.pair.exists()
        self.assertEqual(len(left), 1)
        self.assertEqual(
            (left.partner_name, left.phone, left.street, left.city),
            ("Zephyrtronic", "+1 202 555 0199", "New Street 5", "Bruges"),
        )
        said = "".join(left.message_ids.mapped("body"))
        self.assertIn("+1 202 555 0143", said)
        self.assertEqual(group.sudo().state, "merged")

    @users("user_sales_salesman")
    def test_choices_of_strangers_count_for_nothing(self):
        leads = self.pair.with_env(self.env).with_context(
            lead_merge_choices={"phone": self.lead_own.id, "user_id": "x", "x": 5}
        )
        left = leads.merge_opportunity()
        self.assertIn(left.phone, ("+1 202 555 0143", "+1 202 555 0199"))

    def test_what_was_said_survives_a_merge(self):
        before, after = self.one.copy(), self.one.copy()
        self.two._keep_apart([(self.two.id, after.id)])
        before.sudo().not_duplicate_ids = self.two
        after.action_set_lost(lost_reason_id=self.lost_reason.id)
        left = self.pair.merge_opportunity()
        pairs = self.groups._get_pairs_apart()
        for other in (before, after):
            self.assertIn(tuple(sorted((left.id, other.id))), pairs)

    def test_nothing_is_left_to_merge(self):
        group = self._find_group()
        self.two.unlink()
        with self.assertRaises(UserError):
            group.action_merge()
