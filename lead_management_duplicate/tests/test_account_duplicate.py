from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

from ..tools.duplicate_groups import MAX_GROUP, find_groups
from ..tools.pairs_apart import get_pairs


@tagged("-at_install", "post_install", "account_match")
class TestDuplicateGroups(BaseCase):
    def test_clusters_with_an_account_in_common_are_one_group(self):
        self.assertEqual(
            find_groups([("name", [2, 1]), ("phone", [2, 3]), ("vat", [8, 9])]),
            {(1, 2, 3): {"name", "phone"}, (8, 9): {"vat"}},
        )

    def test_pairs_that_are_apart_connect_nothing(self):
        clusters = [("name", [1, 2]), ("phone", [1, 2])]
        self.assertEqual(find_groups(clusters, apart={(1, 2)}), {})
        self.assertEqual(
            find_groups([("name", [1, 2, 3])], apart={(1, 3), (2, 3)}),
            {(1, 2): {"name"}},
        )

    def test_every_pair_of_a_group_is_remembered_once(self):
        groups = [[3, 1, 2], [2, 3], [9], [4, 1]]
        self.assertEqual(get_pairs(groups), {1: [2, 3, 4], 2: [3]})

    def test_companies_are_apart_and_what_they_share_connects(self):
        clusters = [("name", [1, 2, 3])]
        self.assertEqual(find_groups(clusters, companies={1: 7, 2: 8, 3: 9}), {})
        self.assertEqual(
            find_groups(clusters, companies={1: 7, 2: 8, 3: None}),
            {(1, 2, 3): {"name"}},
        )

    def test_no_group_grows_without_end(self):
        clusters = [("name", [number, number + 1]) for number in range(100)]
        groups = find_groups(clusters)
        self.assertLessEqual(max(map(len, groups)), MAX_GROUP)
        self.assertEqual(find_groups(clusters), groups)


@tagged("-at_install", "post_install", "account_match")
class TestAccountDuplicate(TestLeadManagementCommon):
    """Accounts that may be the same are reviewed, merged, or told apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_duplicate_manager()
        cls.accounts = cls.env["res.partner"].create(
            [
                {"name": "Zephyrtronic GmbH", "email": "a@zephyrtronic.example"},
                {"name": "ZEPHYRTRONIC Ltd", "email": "a@zephyrtronic.example"},
                {"name": "Quibblecorp", "website": "https://www.quibble.example"},
                {"name": "Something else", "website": "quibble.example/en"},
            ]
        )
        cls.accounts.is_company = True
        cls.first, cls.second, cls.third, cls.fourth = cls.accounts
        cls.groups = cls.env["crm.account.duplicate"]
        cls.groups._refresh()

    def _get_group(self, account, user=None):
        return self.groups.with_user(user or self.manager).search(
            [("account_ids", "in", account.ids)]
        )

    def _refresh(self):
        self.groups._refresh()
        self.env.invalidate_all()

    def test_accounts_are_grouped_with_the_reason(self):
        group = self._get_group(self.first)
        self.assertEqual(group.account_ids, self.first | self.second)
        self.assertEqual(group.reasons, "same name")
        self.assertEqual(group.display_name, "Zephyrtronic GmbH and ZEPHYRTRONIC Ltd")
        self.assertEqual(self._get_group(self.third).reasons, "same website")

    def test_all_evidence_counts(self):
        self.first.write({"phone": "+32 470 12 34 56", "vat": "BE0477472701"})
        self.second.write({"phone": "+32470123456", "vat": "BE 0477.472.701"})
        self._refresh()
        group = self._get_group(self.first)
        self.assertEqual(group.reasons, "same tax ID, same name, same phone")
        self.assertGreater(group.strength, self._get_group(self.third).strength)

    def test_what_many_share_is_no_evidence(self):
        self.env["res.partner"].create(
            [{"name": "Zephyrtronic", "is_company": True} for __ in range(20)]
        )
        self._refresh()
        self.assertFalse(self._get_group(self.first))

    def test_people_branches_archived_and_own_companies_are_left_out(self):
        self.second.is_company = False
        self._refresh()
        self.assertFalse(self._get_group(self.first))
        self.second.write({"is_company": True, "parent_id": self.third.id})
        self._refresh()
        self.assertFalse(self._get_group(self.first))
        self.second.write({"parent_id": False, "active": False})
        self._refresh()
        self.assertFalse(self._get_group(self.first))
        self.second.active = True
        self._refresh()
        self.assertTrue(self._get_group(self.first))
        self.env["res.company"].create(
            {"name": "Zephyrtronic", "partner_id": self.second.id}
        )
        self._refresh()
        self.assertFalse(self._get_group(self.first))

    def test_groups_that_are_found_again_keep_their_record(self):
        group = self._get_group(self.first)
        self.first.phone = self.second.phone = "+32470123456"
        self._refresh()
        self.assertEqual(self._get_group(self.first), group)
        self.assertEqual(group.reasons, "same name, same phone")
        self.first.name = "Renamed"
        self.first.phone = False
        self._refresh()
        self.assertFalse(group.exists())

    def test_what_hangs_on_the_accounts_is_counted(self):
        contact = self.env["res.partner"].create(
            {"name": "Jane", "parent_id": self.first.id}
        )
        self._create_lead(self.manager, partner_id=contact.id)
        self._create_lead(self.manager, account_id=self.second.id)
        group = self._get_group(self.first)
        self.assertEqual((group.lead_count, group.contact_count), (2, 1))
        self.assertEqual(group.order_count, 0)
        self.assertEqual(
            [account.account_lead_count for account in group.account_ids.sorted("id")],
            [1, 1],
        )

    def test_merge_hands_the_accounts_to_odoo_s_wizard(self):
        group = self._get_group(self.first)
        action = group.action_merge()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.state, "selection")
        self.assertEqual(wizard.partner_ids, self.first | self.second)
        kept = wizard.dst_partner_id
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual((self.first | self.second).exists(), kept)
        self.assertEqual(group.sudo().state, "merged")
        self._refresh()
        self.assertFalse(group.exists())

    def test_merging_leads_back_to_the_group(self):
        """Odoo's last page offered to deduplicate other contacts."""
        action = self._get_group(self.first).action_merge()
        wizards = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        arch = etree.fromstring(wizards.get_view(view_type="form")["arch"])
        [skip] = arch.iterfind(".//button[@name='action_skip']")
        self.assertIn("account_duplicate_id", skip.get("invisible"))
        closing = {"type": "ir.actions.act_window_close"}
        self.assertEqual(wizards.create({}).action_merge(), closing)

    def test_merging_contacts_elsewhere_is_odoo_s(self):
        wizard = (
            self.env["base.partner.merge.automatic.wizard"]
            .with_user(self.manager)
            .with_context(
                active_model="res.partner",
                active_ids=(self.first | self.second).ids,
            )
            .create({})
        )
        self.assertEqual(wizard.action_merge()["res_id"], wizard.id)
        self.assertEqual(wizard.state, "finished")

    def test_three_at_a_time(self):
        self.env["res.partner"].create(
            [{"name": "Zephyrtronic", "is_company": True} for __ in range(3)]
        )
        self._refresh()
        action = self._get_group(self.first).action_merge()
        self.assertEqual(len(action["context"]["active_ids"]), 3)

    def test_not_duplicates_is_remembered(self):
        group = self._get_group(self.first)
        group.action_dismiss()
        self.assertEqual(group.state, "dismissed")
        self._refresh()
        self.assertEqual(self._get_group(self.first), group)
        new = self.env["res.partner"].create(
            {"name": "Zephyrtronic", "is_company": True}
        )
        self._refresh()
        self.assertEqual(
            self._get_group(new).account_ids, self.first | self.second | new
        )
        group.action_reopen()
        self.assertEqual(group.state, "open")
        new.unlink()
        self._refresh()
        self.assertEqual(self._get_group(self.first).state, "open")

    def test_one_account_is_taken_out_of_a_group(self):
        new = self.env["res.partner"].create(
            {"name": "Zephyrtronic", "is_company": True}
        )
        self._refresh()
        group = self._get_group(new)
        new.with_user(self.manager).with_context(
            account_duplicate_id=group.id
        ).action_not_duplicate()
        self.assertEqual(group.account_ids, self.first | self.second)
        self._refresh()
        self.assertEqual(self._get_group(self.first), group)
        self.assertFalse(self._get_group(new))

    def test_other_accounts_are_not_told_apart(self):
        group = self._get_group(self.first)
        self.third.with_user(self.manager).with_context(
            account_duplicate_id=group.id
        ).action_not_duplicate()
        self.assertFalse(self.third.not_duplicate_ids)
        self.assertFalse(self.first.not_duplicate_ids)
        self.assertEqual(group.account_ids, self.first | self.second)

    def test_who_may_not_merge_contacts_decides_nothing(self):
        user = self.user_sales_salesman
        user.group_ids -= self.env.ref("base.group_partner_manager")
        group = self._get_group(self.first, user)
        self.assertTrue(group)
        for action in (
            group.action_merge,
            group.action_dismiss,
            group.action_reopen,
            group.action_search_again,
        ):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(AccessError):
            self.first.with_user(user).with_context(
                account_duplicate_id=group.id
            ).action_not_duplicate()
        for operation in ("write", "create", "unlink"):
            self.assertFalse(group.has_access(operation))

    def test_too_few_accounts_left_is_said(self):
        group = self._get_group(self.first)
        self.second.active = False
        with self.assertRaisesRegex(UserError, "Search Again"):
            group.action_merge()

    def test_names_that_may_not_be_read_are_not_told(self):
        self.env.ref("base.res_partner_rule").active = True
        other = self.env["res.company"].create({"name": "Other"})
        hidden = self.env["res.partner"].create(
            {"name": "Zephyrtronic Secret", "is_company": True}
        )
        hidden.name = "Zephyrtronic Inc"
        hidden.company_id = other
        self._refresh()
        group = self._get_group(self.first)
        self.assertEqual(group.account_ids, self.first | self.second)
        self.assertEqual(group.hidden_count, 1)
        self.assertNotIn("Inc", group.display_name)
        self.assertIn("1 more that you cannot open", group.display_name)
        self.second.company_id = other
        self.env.invalidate_all()
        self.assertFalse(self._get_group(self.first), "One account is no group")
        self.manager.company_ids = [Command.link(other.id)]
        group = self._get_group(self.first)
        self.assertEqual(len(group.account_ids), 3)

    def test_records_of_two_companies_are_no_duplicates(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.first.company_id = self.env.company
        self.second.company_id = other
        self._refresh()
        self.assertFalse(self._get_group(self.first))

    def test_queries_do_not_grow_with_the_accounts(self):
        counts = []
        for __ in range(4):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.groups._refresh()
            counts.append(self.env.cr.sql_log_count - before)
            self.env["res.partner"].create(
                [
                    {"name": f"Twin {number // 2}", "is_company": True}
                    for number in range(20)
                ]
            )
            self.env.flush_all()
        self.assertEqual(counts[2], counts[3])
