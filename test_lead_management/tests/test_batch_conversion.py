import random
import re
import unittest

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.test_lead_conversion import ConversionCase

from .test_batch_capture import EXAMPLES, MANY, PROVEN, BatchCommon, repeat, st

NUMBER = re.compile(r"(?<=data-oe-id=.)\d+|(?<='partner_id', )\d+")
KNOWN = ("Acme Toys", "Retired Rhinos")
MARKS = (
    *("Aardvark", "Bongo", "Civet", "Dhole", "Eland", "Fossa", "Gerenuk", "Hyrax"),
    *("Ibex", "Jerboa"),
)
ENDS = ("", "", "-shop")
# What a conversion makes of partners, beside what it makes of leads
PARTNER_FIELDS = (
    *("name", "is_company", "email", "phone", "street", "city", "country_id"),
    *("function", "website", "annual_revenue", "employee_count", "comment", "fax"),
    *("street2", "zip", "state_id", "industry_id", "type", "lang"),
    *("user_id", "primary_contact_id", "parent_id", "active", "lead_source_id"),
)


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_conversion", "lead_batch", "lead_long")
class TestBatchConversion(BatchCommon, ConversionCase):
    """What becomes of many leads in the mass wizard becomes of each by itself.

    That holds where accounts are linked by themselves. Where the settings say that only
    people link them, leads of one new company's name share its account in a batch, and
    each by itself has one (`TestConversionSameName`).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_past()
        cls.env["res.partner"].create(
            {"name": "Retired Rhinos", "is_company": True, "active": False}
        )
        # In one batch, and not by a job
        cls.env["ir.config_parameter"].set_param("lead_management.bulk_at_once", MANY)
        cls.industries = cls.env["res.partner.industry"].search([], limit=2)
        cls.contact.write({"name": "Jane Doe", "email": "jane@toys.example"})

    def _create_mixed(self, count, dice, group=0):
        """Create so many leads: of new companies and of known ones, of nobody's, of one
        person and of none, that say much of their company or little, or contradict
        each other, and some that can't be converted. Companies are spelled in several
        ways, and told by a web site, an email domain, a phone or a country alone.

        :param int group: of several that have no company and no person in common
        """
        mark = MARKS[group]
        companies = (
            *(f"{mark}quokka", f"{mark}quokka Ltd", "Acme Toys", "Retired Rhinos"),
            *("N/A", False, f"Numbat{mark} One", f"Dugong{mark} Two"),
            *(f"{mark}quokka GmbH", f"{mark}quokka Oy", f"{mark} Quokka"),
            *(f"{mark}quokka Tools", f"{mark}quokka International", f"Numbat{mark}"),
        )
        if group:
            companies = [name for name in companies if name not in KNOWN]
        countries = (*map(self.env.ref, ("base.de", "base.fr")),)
        vals_list = []
        for number in range(count):
            company = dice.choice(companies) if number else companies[2]
            # Some of a company say another web site than the others
            is_company = company not in ("N/A", False)
            home = is_company and company.split()[0].removesuffix("quokka").lower()
            home = home and f"{home}{dice.choice(ENDS)}.example"
            who = dice.randrange(number + 1) if not dice.randrange(3) else number
            own = f"x{who}{mark}.example"
            place = home if home and not dice.randrange(3) else own
            name, address = f"{mark} {who}", f"p{who}@{place}"
            if not (who or group):
                name, address = "Jane Doe", "jane@toys.example"
            is_person = not is_company or bool(dice.randrange(4))
            is_here = bool(dice.randrange(2))
            country = dice.choice(countries)
            vals_list.append(
                {
                    "type": "lead",
                    "company_id": dice.choice((False, self.company_main.id)),
                    "name": f"Lead {mark} {number}",
                    "partner_name": company,
                    "contact_name": is_person and dice.choice((name, name.upper())),
                    "email_from": dice.choice((False, address)),
                    "phone": dice.choice(
                        (False, f"+1 202 {555 + group} 01{number:02}")
                    ),
                    "company_phone": not dice.randrange(6)
                    and f"+1 202 {755 + group} 01{dice.randrange(3):02}",
                    "street": is_here and dice.choice((False, f"Way {number}")),
                    "city": is_here and dice.choice(("Berlin", "Bonn")),
                    "country_id": is_here and country.id,
                    "website": dice.choice((False, home and f"https://www.{home}")),
                    "industry_id": dice.choice((False, *self.industries.ids)),
                    "employee_count": dice.choice((0, 10 + number)),
                    "expected_revenue": dice.choice((0, 500.5)),
                    "function": dice.choice((False, f"Buyer {number}")),
                    "user_id": self.env.uid,
                }
            )
        leads = self.env["crm.lead"].create(vals_list)
        for lead in leads if not group else ():
            if not dice.randrange(8):
                lead.action_set_lost()  # and can't be converted
        return leads

    def _convert_in_parts(self, leads, size, result):
        """Convert so many leads at a time; return what became of each."""
        with self._watch() as calls:
            for first in range(0, len(leads), size):
                part = leads[first : first + size]
                with self._request():
                    plan = self._convert_together(part, result, is_planned=size > 1)
                if plan:
                    self._check_plan(plan, part)
        told = [self._without_ids(lead) for lead in self._describe(leads, calls)]
        sharing = {
            name: leads.grouped(lambda lead, name=name: lead.conversion_id[name])
            for name in ("account_id", "contact_id")
        }
        for of_lead, lead in zip(told, leads, strict=True):
            entry = lead.conversion_id
            of_lead["became"] = [
                {name: self._plain(partner, name) for name in PARTNER_FIELDS}
                for partner in (entry.account_id, entry.contact_id)
                if partner
            ]
            of_lead["shares"] = [
                of_made[entry[name]].mapped("name")
                for name, of_made in sharing.items()
                if entry[name]
            ]
        return told

    def _convert_together(self, leads, result, is_planned):
        """Convert leads in one batch; return what was to become of them, if asked."""
        wizards = self.env["crm.lead2opportunity.partner.mass"].with_context(
            active_model="crm.lead", active_id=leads[0].id, active_ids=leads.ids
        )
        wizard = wizards.create({"result": result})
        plan = wizard.plan if is_planned else None
        try:
            with self.env.cr.savepoint():
                wizard.action_mass_convert()
        except UserError:
            self.assertEqual(set(leads.mapped("won_status")), {"lost"})
        self.env.flush_all()
        self.env.invalidate_all()
        return plan

    def _check_plan(self, plan, leads):
        """Check that leads which were to have one account have one, and no others."""
        self.maxDiff = None
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
        """Leave out the numbers of the records that a conversion has made, and in how
        many messages the chatter has what changed: one a transaction."""
        calls = [(name, NUMBER.sub("", vals)) for name, vals in told["calls"]]
        messages = [
            (kind, NUMBER.sub("", body), *rest)
            for kind, body, *rest in told["messages"]
        ]
        tracked = [message for message in messages if not message[1]]
        return {
            **told,
            "calls": calls,
            "messages": [message for message in messages if message[1]],
            "tracked": sorted(value for *_rest, values in tracked for value in values),
            "kinds": sorted({kind for kind, *_rest in tracked} - {"Note"}),
        }

    def _check_sizes(self, result, count, *sizes):
        """Compare so many leads in batches of some sizes with one at a time."""

        def attempt(seed):
            self._undone(lambda: compare(seed))

        def compare(seed):
            leads = self._create_mixed(count, random.Random(seed))
            single = self._undone(lambda: self._convert_in_parts(leads, 1, result))
            self.assertTrue(count < PROVEN or any(lead["became"] for lead in single))
            for size in sizes:
                batch = self._undone(
                    lambda size=size: self._convert_in_parts(leads, size, result)
                )
                self._assert_same(batch, single, f"batches of {size}, seed {seed}")

        examples = EXAMPLES // (8 if count > 2 else 2)
        repeat(attempt, examples or 1, seed=st.integers(min_value=1))

    def _assert_same(self, batch, single, message):
        self.maxDiff = None
        for together, alone in zip(batch, single, strict=True):
            self.assertEqual(together, alone, f"{alone['name']}, {message}")

    @users("user_sales_manager")
    def test_many_become_opportunities_as_each_by_itself(self):
        self._check_sizes("opportunity", 1, 1)
        self._check_sizes("opportunity", 2, 2)
        self._check_sizes("opportunity", PROVEN, PROVEN - 1, PROVEN)

    @users("user_sales_manager")
    def test_many_become_accounts_as_each_by_itself(self):
        self._check_sizes("account", 2, 2)
        self._check_sizes("account", PROVEN, PROVEN)

    @users("user_sales_manager")
    def test_very_many_become_what_fewer_do(self):
        """Ten times as many, of which a tenth knows nothing of the others."""
        dice = random.Random("very many")
        groups = [
            self._create_mixed(PROVEN, dice, group) for group in range(MANY // PROVEN)
        ]
        in_turns = [lead.id for turn in zip(*groups, strict=True) for lead in turn]
        leads = self.env["crm.lead"].browse(in_turns)
        batch = self._undone(lambda: self._convert_in_parts(leads, MANY, "opportunity"))
        for group in (0, len(groups) - 1):
            alone = self._undone(
                lambda group=group: self._convert_in_parts(
                    groups[group], PROVEN, "opportunity"
                )
            )
            self._assert_same(batch[group :: len(groups)], alone, f"group {group}")
