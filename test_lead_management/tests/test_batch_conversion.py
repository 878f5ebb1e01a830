import random
import re
import unittest

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.test_lead_conversion import ConversionCase

from .test_batch_capture import BatchCommon, repeat, st

NUMBER = re.compile(r"(?<=data-oe-id=.)\d+|(?<='partner_id', )\d+")
# What a conversion makes of partners, beside what it makes of leads
PARTNER_FIELDS = (
    *("name", "is_company", "email", "phone", "street", "city", "country_id"),
    *("function", "website", "annual_revenue", "employee_count", "comment", "fax"),
    *("user_id", "primary_contact_id", "parent_id", "active", "lead_source_id"),
)


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_conversion", "lead_batch", "lead_long")
class TestBatchConversion(BatchCommon, ConversionCase):
    """What becomes of many leads in the mass wizard becomes of each by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_past()
        cls.env["res.partner"].create(
            {"name": "Retired Rhinos", "is_company": True, "active": False}
        )
        cls.contact.write({"name": "Jane Doe", "email": "jane@toys.example"})

    def _create_mixed(self, count, dice):
        """Create so many leads: of new companies and of known ones, of nobody's, of one
        person, and some that can't be converted."""
        companies = (
            *("Quokkaworks", "Quokkaworks Ltd", "Acme Toys", "Retired Rhinos"),
            *("N/A", False, "Numbat One", "Dugong Two"),
        )
        vals_list = []
        for number in range(count):
            company = dice.choice(companies) if number else "Acme Toys"
            who = dice.randrange(number + 1) if not dice.randrange(3) else number
            name = f"Person {who}" if who else "Jane Doe"
            address = f"p{who}@x{who}.example" if who else "jane@toys.example"
            vals_list.append(
                {
                    "type": "lead",
                    "company_id": self.company_main.id,
                    "name": f"Lead {number}",
                    "partner_name": company,
                    "contact_name": dice.choice((name, name.upper())),
                    "email_from": dice.choice((False, address)),
                    "phone": dice.choice((False, f"+1 202 555 01{number:02}")),
                    "city": "Berlin",
                    "country_id": self.env.ref("base.de").id,
                    "employee_count": dice.choice((0, 10 + number)),
                    "expected_revenue": dice.choice((0, 500.5)),
                    "function": dice.choice((False, f"Buyer {number}")),
                    "user_id": self.env.uid,
                }
            )
        leads = self.env["crm.lead"].create(vals_list)
        for lead in leads:
            if not dice.randrange(8):
                lead.action_set_lost()  # and can't be converted
        return leads

    def _convert_in_parts(self, leads, size, result):
        """Convert so many leads at a time; return what became of each."""
        wizards = self.env["crm.lead2opportunity.partner.mass"]
        with self._watch() as calls:
            for first in range(0, len(leads), size):
                part = leads[first : first + size]
                wizard = wizards.with_context(
                    active_model="crm.lead", active_id=part[0].id, active_ids=part.ids
                ).create({"result": result})
                plan = wizard.plan if size > 1 else None
                try:
                    with self.env.cr.savepoint():
                        wizard.action_mass_convert()
                except UserError:
                    self.assertEqual(set(part.mapped("won_status")), {"lost"})
                self.env.flush_all()
                self.env.invalidate_all()
                if plan:
                    self._check_plan(plan, part)
        told = [self._without_ids(lead) for lead in self._describe(leads, calls)]
        for of_lead, lead in zip(told, leads, strict=True):
            entry = lead.conversion_id
            of_lead["became"] = [
                {name: self._plain(partner, name) for name in PARTNER_FIELDS}
                for partner in (entry.account_id, entry.contact_id)
                if partner
            ]
            of_lead["shares"] = [
                [lead.name for lead in leads if lead.conversion_id[name] == made]
                for name in ("account_id", "contact_id")
                if (made := entry[name])
            ]
        return told

    def _check_plan(self, plan, leads):
        """Check that leads which were to have one account have one, and no others."""
        accounts = leads.filtered("conversion_id").grouped(
            lambda lead: lead.conversion_id.account_id
        )
        self.assertCountEqual(
            [
                sorted(group["leads"])
                for kind in ("doubts", "links", "accounts")
                for group in plan[kind]
            ],
            [sorted(same.mapped("display_name")) for same in accounts.values()],
        )

    def _without_ids(self, told):
        """Leave out the numbers of the records that a conversion has made."""
        calls = [(name, NUMBER.sub("", vals)) for name, vals in told["calls"]]
        messages = [
            (kind, NUMBER.sub("", body), *rest)
            for kind, body, *rest in told["messages"]
        ]
        return {**told, "calls": calls, "messages": messages}

    def _check_size(self, size, seed, result):
        leads = self._create_mixed(size, random.Random(seed))
        batch, single = (
            self._undone(
                lambda number=number: self._convert_in_parts(leads, number, result)
            )
            for number in (size, 1)
        )
        self.assertTrue(size < 49 or any(lead["became"] for lead in single))
        self.maxDiff = None
        for lead, together, alone in zip(leads, batch, single, strict=True):
            message = f"{lead.name} of {size}, seed {seed}"
            self.assertEqual(together, alone, message)

    def _check_sizes(self, result, *sizes):
        for size in sizes:

            def attempt(seed):
                self._undone(lambda: self._check_size(size, seed, result))  # noqa: B023

            with self.subTest(size=size):
                repeat(attempt, 1 if size > 2 else 4, seed=st.integers(min_value=1))

    @users("user_sales_manager")
    def test_many_become_opportunities_as_each_by_itself(self):
        self._check_sizes("opportunity", 1, 2, 49)

    @users("user_sales_manager")
    def test_many_become_accounts_as_each_by_itself(self):
        self._check_sizes("account", 2, 50)
