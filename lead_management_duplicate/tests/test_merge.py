from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.crm_merge.crm_team import MergeRun
from .merge_common import MergeCase

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00"
    b"\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00"
    b"\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@tagged("post_install", "-at_install", "lead_merge")
class TestMerge(MergeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = (
            cls._create_lead(
                cls.manager,
                name=name,
                contact_last_name=name,
                email_from=f"{name.lower()}@test.example.com",
                tag_ids=[Command.set(tags.ids)],
                priority=priority,
            )
            for name, tags, priority in (
                ("First", cls.tags[:2], "3"),
                ("Second", cls.tags[1:], "1"),
            )
        )
        cls.second.write({"phone": "+1 202 555 0100", "function": "Buyer"})
        cls.leads = cls.first | cls.second

    def _merge_leads(self, user=None):
        merged = self.leads.with_user(user or self.manager).merge_opportunity()
        self.env.invalidate_all()
        return merged.with_env(self.env), self._get_merge(merged)

    def test_a_merge_of_leads_is_entered(self):
        kept, merge = self._merge_leads()
        self.assertEqual(merge.user_id, self.manager)
        self.assertEqual(merge.lead_id, kept)
        self.assertEqual((merge.merged_names, kept), ("Second", self.first))
        self.assertEqual(merge.action_open_survivor()["res_id"], kept.id)

    def test_separate_restores_leads(self):
        self._fill(self.first, "first")
        self._fill(self.second, "second")
        self._create_meeting(opportunity_id=self.second.id)
        self._create_meeting(opportunity_id=self.first.id)
        before = self._get_rows(self.leads)
        kept, merge = self._merge_leads()
        self.assertEqual(self.leads.exists(), kept)
        merge.with_user(self.manager).action_separate()
        self.assertEqual(self.leads.exists(), self.leads)
        self._assert_restored(before, self.leads)

    def test_separate_restores_contacts(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Zephyr", "is_company": True, "street": "1 Road"},
                {
                    "name": "Zephyr Ltd",
                    "is_company": True,
                    "phone": "+32 470 12 34 56",
                    "image_1920": b64encode(PIXEL),
                    "category_id": [Command.create({"name": "Merged"})],
                },
            ]
        )
        child = self.env["res.partner"].create(
            [{"name": "Jane", "parent_id": partner.id} for partner in partners]
        )
        for partner in partners:
            self._fill(partner, partner.name)
            self._create_meeting(partner_ids=[Command.set(partner.ids)])
        self._create_meeting(partner_ids=[Command.set(partners.ids)])
        leads = self.env["crm.lead"].create(
            [
                {"name": "Of it", "partner_id": child[1].id},
                {"name": "Of it", "partner_id": partners[1].id},
            ]
        )
        before = self._get_rows(partners)
        self._merge_partners(partners, partners[0])
        self.assertEqual(partners.exists(), partners[0])
        self.assertEqual(leads.partner_id, child[1] | partners[0])
        merge = self._get_merge(partners[0])
        merge.with_user(self.manager).action_separate()
        self._assert_restored(before, partners)
        self.assertEqual(leads.partner_id, child[1] | partners[1])
        self.assertTrue(partners[1].image_1920)

    def test_what_was_changed_since_stays_and_is_said(self):
        self.first.phone = False
        kept, merge = self._merge_leads()
        kept.phone = "+1 202 555 0199"
        kept.message_ids.filtered(lambda m: "Second" in (m.subject or ""))[:1].unlink()
        wizard = self.env["crm.merge.separate"].with_user(self.manager)
        wizard = wizard.create({"merge_id": merge.id})
        self.assertTrue(wizard.can_separate)
        self.assertIn("Phone", wizard.summary.split("Left as it is")[1])
        wizard.action_apply()
        self.assertEqual(kept.phone, "+1 202 555 0199")
        self.assertEqual(self.second.phone, "+1 202 555 0100")

    def test_the_later_merge_comes_first(self):
        third = self._create_lead(self.manager, name="Third", priority="3")
        kept, merge = self._merge_leads()
        before = self._get_rows(self.leads | third)
        last = (kept | third).with_user(self.manager).merge_opportunity()
        self.assertEqual(merge.lead_id, last)
        with self.assertRaisesRegex(UserError, "separate these first"):
            merge.with_user(self.manager).action_separate()
        self._get_merge(last).with_user(self.manager).action_separate()
        self._assert_restored(before, self.leads | third)
        merge.with_user(self.manager).action_separate()
        self.assertEqual(self.leads.exists(), self.leads)

    def test_who_may_separate(self):
        _kept, merge = self._merge_leads()
        self.assertTrue(merge.with_user(self.manager).can_separate)
        other = self.user_sales_leads
        self.assertFalse(merge.with_user(other).can_separate)
        with self.assertRaisesRegex(UserError, "Mona Manager, who merged them"):
            merge.with_user(other).action_separate()
        with self.assertRaises(AccessError):
            merge.with_user(self.user_sales_salesman).action_separate()
        self.assertFalse(
            self.merges.with_user(self.user_sales_salesman).search(
                [("id", "=", merge.id)]
            )
        )
        merge.user_id = other
        self.assertTrue(merge.with_user(other).can_separate)

    def test_what_is_deleted_is_not_separated(self):
        kept, merge = self._merge_leads()
        kept.unlink()
        with self.assertRaisesRegex(UserError, "is deleted"):
            merge.action_separate()
        merge._gc_merges()
        self.assertFalse(merge.exists())

    def test_what_is_too_old_is_deleted(self):
        _kept, merge = self._merge_leads()
        merge.date = "2020-01-01"
        with self.assertRaisesRegex(UserError, "more than 90 days ago"):
            merge.action_separate()
        merge._gc_merges()
        self.assertFalse(merge.exists())

    def test_nothing_is_kept_where_the_settings_say_so(self):
        self.env["ir.config_parameter"].set_param("lead_management.merge_days", "0")
        kept, merge = self._merge_leads()
        self.assertTrue(kept)
        self.assertFalse(merge)

    def test_conversion_says_until_when_its_merge_can_be_separated(self):
        self.second.email_from = self.first.email_from
        for days, said in (("90", "they can be separated again"), ("0", "be undone")):
            self.env["ir.config_parameter"].set_param(
                "lead_management.merge_days", days
            )
            wizard = Form(
                self.env["crm.lead2opportunity.partner"].with_context(
                    active_model="crm.lead",
                    active_id=self.first.id,
                    active_ids=self.first.ids,
                )
            )
            self.assertIn(said, wizard.merge_result)

    def test_merge_of_a_conversion_closes_the_group(self):
        (self.first | self.second).write({"email_from": "twin@example.com"})
        groups = self.env["crm.lead.duplicate"]
        groups._refresh()
        group = groups.search([("lead_ids", "in", self.first.ids)])
        self.assertEqual(group.state, "open")
        (self.first | self.second)._merge_opportunity(auto_unlink=False)
        self.assertEqual(group.state, "merged")

    def test_what_is_kept_of_a_person_goes_when_they_ask(self):
        self.second.email_from = "Twin <twin@example.com>"
        _kept, merge = self._merge_leads()
        self.env["crm.lead"]._forget_person("other@example.com")
        self.assertTrue(merge.exists())
        self.env["crm.lead"]._forget_person("twin@example.com")
        self.assertFalse(merge.exists())

    def test_separating_asks_for_what_is_gone_in_one_query(self):
        _kept, merge = self._merge_leads()
        rows = merge.sudo()._get_rows()
        missing = [
            row._replace(before={**row.before, "partner_id": 2**31 - 2 - number})
            for number, row in enumerate(rows * 5)
            if row.table == "crm_lead" and row.before
        ]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        there = merge.sudo()._find_targets(missing)
        for row in missing:
            self.assertFalse(
                merge._resolve("res_partner", row.before["partner_id"], there)
            )
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)

    def test_merges_of_an_assignment_are_entered_and_can_be_separated(self):
        team = self.sales_team_1
        team.write({"assignment_domain": "[('name', 'like', 'Crowd %')]"})
        self.env["crm.team"].search(
            [("id", "!=", team.id)]
        ).assignment_domain = "[('id', '=', 0)]"
        self.env["ir.config_parameter"].set_param("crm.assignment.delay", "-1")
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Crowd {number}",
                    "type": "lead",
                    "email_from": f"crowd{number % 3}@crowd.example.com",
                    "user_id": False,
                    "team_id": False,
                }
                for number in range(8)
            ]
        )
        self.env.flush_all()
        before = {lead: self._get_rows(lead) for lead in leads}
        last = self.merges.search([], limit=1).id or 0
        team.with_user(self.manager)._allocate_leads()
        self.env.flush_all()
        self.env.invalidate_all()
        merges = self.merges.search([("id", ">", last)])
        everything = self.merges.with_context(active_test=False)
        self.assertEqual(everything.search([("id", ">", last)]), merges)
        left = leads.exists()
        self.assertEqual(len(left), 3)
        self.assertEqual(merges.lead_id, left)
        self.assertEqual(merges.user_id, self.manager)
        merge = merges[0]
        gone = leads.browse(lead_id for lead_id, _name, _company in merge.sudo().merged)
        self.assertFalse(gone.exists())
        merge.with_user(self.manager).action_separate()
        self.env.invalidate_all()
        self.assertEqual(gone.exists(), gone)
        for lead in gone:
            self._assert_restored(before[lead], lead)

    def test_entering_merges_of_an_assignment_costs_no_query_each(self):
        counts = []
        for size in (2, 4, 24):  # first, the tables of the database become known
            leads = self.env["crm.lead"].create(
                [
                    {"name": f"Twin {number}", "type": "lead", "user_id": False}
                    for number in range(size)
                ]
            )
            groups = [leads[at : at + 2] for at in range(0, size, 2)]
            self.env.flush_all()
            run = MergeRun()
            before = self.env.cr.sql_log_count
            run.expect(groups)
            for group in groups:
                kept = group._sort_by_confidence_level(reverse=True)[:1]
                run.done.append((run.take(group, kept), kept))
            run.end()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_a_merge_costs_few_queries_more(self):
        counts = []
        for days in ("0", "90"):
            leads = self.env["crm.lead"].create(
                [{"name": "Twin", "type": "lead"} for __ in range(3)]
            )
            leads[0]._message_log(body="Warm")
            self.env["ir.config_parameter"].set_param(
                "lead_management.merge_days", days
            )
            self.merges._get_places("crm.lead")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.merge_opportunity()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 30)

    def test_a_list_asks_for_all_at_once(self):
        counts = []
        for number in (2, 6):
            merges = self.merges
            for __ in range(number):
                leads = self.env["crm.lead"].create(
                    [
                        {
                            "name": "Twin",
                            "user_id": self.manager.id,
                            "company_id": self.company_main.id,
                        }
                    ]
                    * 2
                )
                kept = leads.with_user(self.manager).merge_opportunity()
                merges |= self._get_merge(kept.with_env(self.env))
            merges = merges.with_user(self.manager)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(merges.mapped("can_separate"), [True] * number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
