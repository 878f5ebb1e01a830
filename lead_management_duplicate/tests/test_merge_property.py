import os
import random

from odoo.fields import Command
from odoo.tests import tagged

from .merge_common import MergeCase

# MERGE_EXAMPLES=300 ./dev test TestMergeProperty tries more.
EXAMPLES = int(os.environ.get("MERGE_EXAMPLES") or 8)
LEAD_VALUES = {
    "partner_name": ("Acme Toys", "Zeta", False),
    "contact_last_name": ("Doe", "Müller", False),
    "function": ("Buyer", "Boss", False),
    "phone": ("+1 202 555 0100", "+1 202 555 0101", False),
    "email_from": ("jane@test.example.com", "joe@test.example.com", False),
    "website": ("https://acme.example.com", False),
    "street": ("1 Main Street", "2 Side Street", False),
    "city": ("Springfield", False),
    "description": ("<p>Met at the fair</p>", "<p>Called</p>", False),
    "expected_revenue": (1000, 0.1, 12345678.91),
    "priority": ("0", "1", "3"),
    "type": ("lead", "opportunity"),
    "date_deadline": ("2030-02-28", False),
}
PARTNER_VALUES = {
    "street": ("1 Main Street", "2 Side Street", False),
    "city": ("Springfield", False),
    "phone": ("+1 202 555 0100", False),
    "email": ("info@test.example.com", False),
    "website": ("https://acme.example.com", False),
    "comment": ("<p>Good</p>", False),
    "ref": ("A-1", False),
    "vat": ("BE0477472701", False),
    "lang": ("en_US", False),
    "color": (0, 3),
}


@tagged("post_install", "-at_install", "lead_merge", "lead_long")
class TestMergeProperty(MergeCase):
    """Whatever is merged: separating puts every stored value back that nobody has
    changed since, and keeps those that somebody has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.categories = cls.env["res.partner.category"].create(
            [{"name": f"Merge {number}"} for number in range(3)]
        )
        cls._create_customer()

    def _each(self, check):
        for seed in range(EXAMPLES):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                check(random.Random(seed))
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.env.transaction.clear()

    def _choose(self, chance, values):
        return {name: chance.choice(choices) for name, choices in values.items()}

    def _pick(self, chance, records):
        return records.filtered(lambda _record: chance.random() < 0.5)

    def _hang(self, chance, records):
        for record in records:
            if chance.random() < 0.7:
                self._fill(record, record.name)

    def _create_order(self, chance, **values):
        if "sale.order" in self.env and chance.random() < 0.7:
            self.env["sale.order"].create(values)

    def _create_leads(self, chance):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "user_id": chance.choice(
                        (self.manager.id, self.user_sales_leads.id, False)
                    ),
                    "partner_id": chance.choice((False, False, self.customer.id)),
                    "tag_ids": [Command.set(self._pick(chance, self.tags).ids)],
                    **self._choose(chance, LEAD_VALUES),
                }
                for number in range(chance.randint(2, 4))
            ]
        )
        self._hang(chance, leads)
        for lead in leads:
            if chance.random() < 0.4:
                self._create_meeting(opportunity_id=lead.id)
            if "opportunity_id" in self.env.get("sale.order", self.env["crm.lead"]):
                self._create_order(
                    chance, partner_id=self.customer.id, opportunity_id=lead.id
                )
        return leads

    def _create_partners(self, chance):
        is_company = chance.random() < 0.7
        partners = self.env["res.partner"].create(
            [
                {
                    "name": f"Zephyr {number}",
                    "is_company": is_company,
                    "category_id": [
                        Command.set(self._pick(chance, self.categories).ids)
                    ],
                    **self._choose(chance, PARTNER_VALUES),
                }
                for number in range(chance.randint(2, 3))
            ]
        )
        self._hang(chance, partners)
        for partner in partners:
            children = self.env["res.partner"].create(
                [
                    {"name": f"Jane {number}", "parent_id": partner.id}
                    for number in range(chance.randint(0, 2) if is_company else 0)
                ]
            )
            for one in partner | children:
                if chance.random() < 0.5:
                    self.env["crm.lead"].create(
                        {"name": f"Of {one.name}", "partner_id": one.id}
                    )
                self._create_order(chance, partner_id=one.id)
            if chance.random() < 0.5:
                some = self._pick(chance, partners) | partner
                self._create_meeting(partner_ids=[Command.set(some.ids)])
        return partners

    def test_leads_are_restored(self):
        def check(chance):
            leads = self._create_leads(chance)
            before = self._get_rows(leads)
            kept = leads.with_user(self.manager).merge_opportunity()
            self._get_merge(kept).with_user(self.manager).action_separate()
            self._assert_restored(before, leads)

        self._each(check)

    def test_leads_that_are_deleted_later_are_restored(self):
        def check(chance):
            leads = self._create_leads(chance)
            before = self._get_rows(leads)
            kept = leads._merge_opportunity(auto_unlink=False)
            (leads - kept).unlink()
            self._get_merge(kept).with_user(self.manager).action_separate()
            self._assert_restored(before, leads)

        self._each(check)

    def test_contacts_are_restored(self):
        def check(chance):
            partners = self._create_partners(chance)
            before = self._get_rows(partners)
            kept = chance.choice(partners)
            self._merge_partners(partners, kept)
            self._get_merge(kept).with_user(self.manager).action_separate()
            self._assert_restored(before, partners)

        self._each(check)

    def test_what_somebody_changes_stays(self):
        def check(chance):
            leads = self._create_leads(chance)
            names = chance.sample(["function", "street", "phone", "description"], 2)
            before = self._get_rows(leads)
            kept = leads.merge_opportunity()
            taken = kept.activity_ids[:1]
            taken.summary = "Changed"
            kept.write(dict.fromkeys(names, "Typed"))
            typed = {name: kept[name] for name in names}
            merge = self._get_merge(kept).with_user(self.manager)
            plan = merge._plan_separate()
            merge.action_separate()
            self.assertEqual({name: kept[name] for name in names}, typed)
            self.assertEqual(taken.summary, "Changed" if taken else False)
            after = self._get_rows(leads)
            for lead in leads - kept:
                self.assertEqual(
                    after["crm_lead", lead.id], before["crm_lead", lead.id]
                )
            changed = {n for n in names if before["crm_lead", kept.id][n] != typed[n]}
            self.assertLessEqual(plan.left, changed)

        self._each(check)
