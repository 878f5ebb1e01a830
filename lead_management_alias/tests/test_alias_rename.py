from odoo.tests import tagged

from .common import TestAliasCommon


@tagged("post_install", "-at_install", "lead_alias")
class TestAliasRename(TestAliasCommon):
    """Former names, and names of accounts that are merged."""

    def test_a_former_name_is_kept(self):
        self.account.with_user(self.user_sales_manager).name = "Nimbus Works"
        alias = self._get_aliases()
        self.assertEqual(
            (alias.name, alias.kind, alias.origin, alias.user_id),
            ("Zephyrtronic Ltd", "former", "rename", self.user_sales_manager),
        )
        found, score = self._find("Zephyrtronic")
        self.assertEqual((found, score), (self.account, 0.95))
        self.assertEqual(
            self._find_reasons("Zephyrtronic"), ["formerly “Zephyrtronic”"]
        )

    def test_another_spelling_is_no_other_name(self):
        self.account.name = "ZEPHYRTRONIC Limited"
        self.assertFalse(self._get_aliases())

    def test_a_name_that_is_the_account_s_again_is_no_former_one(self):
        self.account.name = "Nimbus Works"
        self.account.name = "Stratus Works"
        lines = self._get_aliases()
        self._set_back(lines, days=30)
        self.account.name = "Nimbus Works"
        self.assertEqual(
            set(self._get_aliases().mapped("name")),
            {"Zephyrtronic Ltd", "Stratus Works"},
        )

    def test_a_renaming_that_is_taken_back_leaves_nothing(self):
        self.account.name = "Quibblecorp"
        self.account.name = "Zephyrtronic GmbH"
        self.assertFalse(self._get_aliases())

    def _set_back(self, lines, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_account_alias SET create_date = create_date - %s * interval"
            " '1 day' WHERE id = ANY(%s)",
            [days, lines.ids],
        )
        lines.invalidate_recordset()

    def test_contacts_and_people_have_no_former_names(self):
        person, contact = self.env["res.partner"].create(
            [{"name": "Pat Doe"}, {"name": "Jo Doe", "parent_id": self.account.id}]
        )
        (person + contact).name = "Sam Doe"
        self.assertFalse(self._get_aliases(person) + self._get_aliases(contact))

    def _merge(self, merged, kept):
        merger = self._create_duplicate_manager()
        merger.group_ids += self.env.ref("base.group_system")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(merger)
        wizard._merge((merged + kept).ids, kept.with_user(merger))
        self.env.invalidate_all()

    def test_names_follow_a_merge(self):
        self._link("Blue Gizmo", self.other)
        self._refuse("Red Gadget", self.user_sales_leads, self.other)
        self._merge(self.other, self.account)
        self.assertEqual(
            {(line.name, line.kind, line.origin) for line in self._get_aliases()},
            {
                ("Blue Gizmo", "same", "lead"),
                ("Red Gadget", "different", "lead"),
                ("Quibblecorp Inc", "former", "merge"),
            },
        )
        self.assertEqual(self._find("Quibblecorp")[0], self.account)

    def test_who_said_that_merged_accounts_differ_was_wrong(self):
        self._refuse("Zephyrtronic", self.user_sales_leads, self.other)
        self._refuse("Quibblecorp", self.user_sales_leads)
        self._link("Quibblecorp", self.account)
        self._merge(self.other, self.account)
        self.assertFalse(self._get_aliases().filtered(lambda a: a.kind == "different"))
        self.assertEqual(self._find("Zephyrtronic")[0], self.account)

    def test_names_go_with_their_account(self):
        self._link("Blue Gizmo")
        alias = self._get_aliases()
        self.env["crm.lead"].search([("account_id", "=", self.account.id)]).unlink()
        self.assertTrue(alias.exists(), "the lead may go")
        self.account.unlink()
        self.assertFalse(alias.exists())

    def test_names_are_folded_anew_when_the_rules_change(self):
        self._link("Blue Gizmo")
        alias = self._get_aliases()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_account_alias SET account_key = 'old', key_version = 1"
            " WHERE id = %s",
            [alias.id],
        )
        self.env.invalidate_all()
        self.env["crm.account.alias"]._renew_keys()
        self.assertEqual(alias.account_key, "blue gizmo")
