import os
import unittest
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.crm_lead.conversion_plan import CUSTOMER_FIELDS
from .test_lead_conversion import ConversionCase

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# So many conversions are tried; CONVERSION_REVIEW=2000 tries more, CONVERSION_SHRINK=1
# looks for the smallest one that fails.
EXAMPLES = int(os.environ.get("CONVERSION_REVIEW") or 60)
SHRINKS = "CONVERSION_SHRINK" in os.environ
LANGUAGES = ("en_US", "de_DE", "fr_FR")
# What a lead, an account, a contact and an opportunity may say. There are few values of
# each, so that they are often equal.
LEAD_VALUES = {
    "contact_name": ("Jane Doe", "Jim Poe"),
    "partner_name": ("Quokkaworks", "Numbat Ltd"),
    "email_from": ("jane@quokka.example.com", '"Jim Poe" <jim@numbat.example.com>'),
    "phone": ("+1 202 555 0100", "+49 30 901820"),
    "company_phone": ("+1 202 555 0101",),
    "function": ("Buyer", "Head of sales"),
    "website": ("http://quokka.example.com", "http://numbat.example.com"),
    "street": ("1 Main Street", "2 Side Street"),
    "street2": ("Floor 3",),
    "zip": ("10115", "75001"),
    "city": ("Berlin", "Paris"),
    "country_id": ("base.de", "base.fr"),
    "state_id": ("base.state_de_be",),
    "twitter": ("quokka", "numbat"),
    "social_url": ("https://social.example.com/@quokka",),
    "skype": ("jane.doe",),
    "fax": ("+1 202 555 0102",),
    "annual_revenue": (1500, 1234567.5),
    "employee_count": (40, 1200),
    "industry_id": ("toys", "tools"),
    "source_id": ("lead_management.utm_source_call",),
    "description": ("<p>Met at the fair</p>",),
    "tag_ids": ("fair",),
    "expected_revenue": (9000, 2000.5),
    "date_deadline": (date(2031, 5, 1),),
    "quote_deadline": (date(2031, 4, 1),),
}
ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")
ACCOUNT_VALUES = (
    *("phone", "website", "twitter", "fax", "annual_revenue", "employee_count"),
    *("industry_id", *ADDRESS),
)
CONTACT_VALUES = ("phone", "function", "skype", "fax", "twitter", *ADDRESS)
DEAL_VALUES = ("expected_revenue", "date_deadline", "description", "annual_revenue")
# Defaults of a new record, which say nothing of the lead's
DEFAULTS = {"lang"}
REVIEWED_BY_THEMSELVES = {"name", "expected_revenue", "date_deadline", "stage_id"}


def _values(names):
    """Return a strategy of values for fields, some of them blank."""
    return st.fixed_dictionaries(
        {},
        optional={name: st.sampled_from(LEAD_VALUES[name]) for name in names},
    )


def _situations():
    """Return a strategy of leads, of what there is already, and of what is chosen."""
    return st.fixed_dictionaries(
        {
            "lead": _values(LEAD_VALUES),
            "lead_company": st.sampled_from((False, "second")),
            "account": st.one_of(st.none(), _values(ACCOUNT_VALUES)),
            "account_state": st.sampled_from(
                ("plain", "plain", "archived", "child", "has a contact")
            ),
            "contact": st.one_of(st.none(), _values(CONTACT_VALUES)),
            "contact_of": st.sampled_from(("account", "account", "nobody", "other")),
            "deal": st.one_of(st.none(), _values(DEAL_VALUES)),
            "result": st.sampled_from(("opportunity", "account", "existing")),
            "language": st.sampled_from(LANGUAGES),
            "is_primary": st.booleans(),
            "shares_address": st.booleans(),
            "edits": st.lists(
                st.tuples(
                    st.integers(0, 40), st.sampled_from(("toggle", "type", "blank"))
                ),
                max_size=6,
            ),
        }
    )


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_conversion", "lead_long")
class TestReviewIsResult(ConversionCase):
    """What the convert dialog shows is what is written: all of it, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        cls.second = cls.env["res.company"].create(
            {"name": "Second", "currency_id": cls.env.ref("base.CHF").id}
        )
        cls.env.ref("base.CHF").active = True
        cls.env["res.currency.rate"].create(
            {
                "name": "2020-01-01",
                "rate": 2,
                "currency_id": cls.env.ref("base.CHF").id,
                "company_id": cls.second.id,
            }
        )
        cls.seller = new_test_user(
            cls.env,
            "review_seller",
            "sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
            company_ids=[Command.set((cls.env.company | cls.second).ids)],
        )
        industries = cls.env["res.partner.industry"]
        cls.known = {
            "toys": cls.industry.id,
            "tools": industries.create({"name": "Tools"}).id,
            "fair": [Command.set(cls.env["crm.tag"].create({"name": "Fair"}).ids)],
        }

    def test_review_is_result(self):
        def check(situation):
            savepoint = self.env.cr.savepoint()
            try:
                self._check(**situation)
            finally:
                savepoint.close(rollback=True)
                self.env.transaction.clear()

        settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            # To make a failing example smaller takes minutes.
            phases=(Phase.generate, *([Phase.shrink] if SHRINKS else ())),
            suppress_health_check=list(HealthCheck),
        )(given(situation=_situations())(check))()

    def test_account_with_another_address_and_a_new_contact(self):
        for account in (
            {"street": "2 Side Street", "zip": "75001", "city": "Paris"},
            {"city": "Paris", "country_id": "base.fr"},
            {"country_id": "base.fr"},
        ):
            for result in ("opportunity", "account"):
                with self.subTest(account=account, result=result):
                    self._check(
                        {
                            "contact_name": "Jane Doe",
                            "partner_name": "Quokkaworks",
                            "street": "1 Main Street",
                            "zip": "10115",
                            "city": "Berlin",
                            "country_id": "base.de",
                        },
                        account=account,
                        result=result,
                    )
                    contact = self.conversion.contact_id
                    self.assertEqual(contact.street, "1 Main Street")
                    self.assertEqual(self.conversion.lead_id.city, "Berlin")
                    self.conversion.account_id.street = "3 New Street"
                    self.assertEqual(contact.street, "1 Main Street")

    def _check(
        self,
        lead,
        lead_company=False,
        account=None,
        account_state="plain",
        contact=None,
        contact_of="account",
        deal=None,
        result="opportunity",
        language="en_US",
        is_primary=False,
        shares_address=False,
        edits=(),
    ):
        env = self.env(
            user=self.seller,
            context={
                "lang": language,
                "allowed_company_ids": (self.env.company | self.second).ids,
            },
        )
        self.seller.lang = language
        company = self.second if lead_company else self.env.company
        the_lead = env["crm.lead"].create(
            {
                "name": "A lead",
                "type": "lead",
                "company_id": company.id if lead_company else False,
                "user_id": self.seller.id,
                **self._prepare(lead),
            }
        )
        linked = self._create_account(account, account_state)
        person = self._create_contact(contact, contact_of, linked)
        existing = env["crm.lead"]
        if deal is not None:
            customer = person if person.parent_id or not linked else linked
            existing = env["crm.lead"].create(
                {
                    "name": "Deal",
                    "type": "opportunity",
                    "company_id": the_lead.company_id.id,
                    "partner_id": customer.id,
                    **self._prepare(deal),
                }
            )
        elif result == "existing":
            result = "opportunity"
        chosen = {
            "is_new_account": not linked,
            "is_primary": is_primary,
            "shares_address": shares_address,
        }
        if person:
            chosen.update(action="exist", partner_id=person.id)
        else:
            chosen.update(action="create", partner_id=False)
        wizard = (
            env["crm.lead2opportunity.partner"]
            .with_context(active_model="crm.lead", active_id=the_lead.id)
            .with_context(active_ids=the_lead.ids, lead_convert_first=True)
            .create(
                {
                    **chosen,
                    "result": result,
                    "commercial_partner_id": linked.id,
                    "opportunity_id": existing.id if result == "existing" else False,
                }
            )
        )
        expected = self._edit(wizard, edits)
        self._compare(wizard, the_lead, expected)

    def _prepare(self, values):
        """Return values as `write` takes them."""
        return {
            name: self.known.get(value)
            or (
                self.env.ref(value).id
                if name.endswith("_id") and isinstance(value, str)
                else value
            )
            for name, value in values.items()
        }

    def _create_account(self, values, state):
        if values is None:
            return self.env["res.partner"]
        account = self.env["res.partner"].create(
            {"name": "Wombat", "is_company": True, **self._prepare(values)}
        )
        if state == "archived":
            account.active = False
        elif state == "child":
            account.parent_id = self.customer
        elif state == "has a contact":
            other = account.create({"name": "Al", "parent_id": account.id})
            account.primary_contact_id = other
        return account

    def _create_contact(self, values, place, account):
        if values is None:
            return self.env["res.partner"]
        parent = account.browse()
        if place == "account":
            parent = account
        elif place == "other":
            parent = self.customer
        return self.env["res.partner"].create(
            {"name": "J. Doe", "parent_id": parent.id, **self._prepare(values)}
        )

    def _edit(self, wizard, edits):
        """Change lines of the review as people do; return all that it says then."""
        lines = wizard.value_ids
        for position, kind in edits if lines else ():
            line = lines[position % len(lines)]
            if kind == "toggle":
                # A new record has a name, or there is none.
                if line.field_name != "name":
                    line.is_written = not line.is_written
            elif not line.is_typed or line.field_name in ("name", "twitter"):
                continue
            elif kind == "blank":
                line.value = False
            elif line.field_name in ("annual_revenue", "expected_revenue"):
                line.value = line._format_number(2500.5)
            elif line.field_name == "employee_count":
                line.value = line._format_number(2500)
            elif line.field_name == "website":
                line.value = "http://typed.example.com"
            else:
                line.value = "Typed 1"
        return {
            (line.record_name, line.field_name): line.value or False
            for line in lines
            if line.is_written
        }

    def _compare(self, wizard, lead, expected):
        reviewed = lead._get_reviewed_fields()
        plan = wizard._get_plan()
        before = {
            name: self._read(wizard, getattr(plan, name) or lead.browse(), fields)
            for name, fields in reviewed.items()
            if getattr(plan, name)
        }
        if plan.keeps_lead:
            before["opportunity"] = self._read(wizard, lead, reviewed["opportunity"])
        kept_in_step = () if plan.keeps_lead else ("phone", "email_from")
        bystander = self.customer
        stays = self._read(wizard, bystander, reviewed["account"])
        said = {name: lead[name] for name in LEAD_VALUES}
        # The dialog has a field for it, which is empty without an owner.
        teams = {lead.team_id.id, wizard.team_id.id}
        wizard.action_apply()
        self.conversion = lead.conversion_id
        self.assertTrue(self.conversion)
        records = {
            "account": self.conversion.account_id,
            "contact": self.conversion.contact_id,
            "opportunity": self.conversion.opportunity_id,
        }
        if not records["account"].is_company:
            records["account"] = records["account"].browse()
        # Every ticked line stands on the record,
        for (name, field_name), text in expected.items():
            after = self._read(wizard, records[name], [field_name])[field_name]
            if records[name]._fields[field_name].type == "many2many":
                self.assertIn(text, after or "", (name, field_name))
            else:
                self.assertEqual(after, text, (name, field_name))
        # every value that was written has a line,
        for name, record in records.items():
            if not record:
                continue
            fields = reviewed[name]
            if name == "contact" and record.parent_id:
                # Odoo shows these of the company on its contacts.
                fields = fields - {*record._commercial_fields()}
            for field_name, after in self._read(wizard, record, fields).items():
                old = before.get(name, {}).get(field_name, False)
                is_default = name not in before and field_name in DEFAULTS
                is_own = (
                    name == "opportunity" and field_name in REVIEWED_BY_THEMSELVES
                ) or (name, field_name) in (
                    ("account", "primary_contact_id"),
                    # Native keeps an opportunity in step with its customer.
                    *(("opportunity", kept) for kept in kept_in_step),
                )
                if (name, field_name) == ("opportunity", "team_id"):
                    self.assertIn(record.team_id.id, teams)
                elif after != old and not is_default and not is_own:
                    self.assertIn(
                        (name, field_name), expected, f"{old} became {after} unseen"
                    )
        # nobody else is changed,
        if bystander not in (records["account"], records["contact"]):
            self.assertEqual(self._read(wizard, bystander, reviewed["account"]), stays)
        # and nothing the lead says is lost.
        for name, value in said.items():
            if value or name not in {*CUSTOMER_FIELDS, "partner_name"}:
                self.assertEqual(lead[name], value, name)

    def _read(self, wizard, record, names):
        """Return the values of a record as the review shows them."""
        values = {}
        for name in names:
            if name not in record._fields:
                continue
            value = record[name]
            if record._fields[name].type == "many2many":
                value = value.mapped("name")
            else:
                value = record._fields[name].convert_to_write(value, record)
            values[name] = wizard._to_text(record, name, value) if record else False
        return values


@tagged("post_install", "-at_install", "lead_conversion")
class TestReviewedNumbers(ConversionCase):
    """Numbers are shown and read as the user's language writes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        cls.lead.write({"annual_revenue": 1234567.5, "employee_count": 1500})

    def _open(self, code):
        self.user_sales_salesman.lang = code
        env = self.env(user=self.user_sales_salesman, context={"lang": code})
        return (
            env["crm.lead2opportunity.partner"]
            .with_context(active_model="crm.lead", active_id=self.lead.id)
            .with_context(active_ids=self.lead.ids)
            .create({"is_new_account": True, "commercial_partner_id": False})
        )

    def _get_line(self, wizard, name):
        return wizard.value_ids.filtered(
            lambda line: (line.record_name, line.field_name) == ("account", name)
        )

    def test_shown_as_the_user_writes_them(self):
        for code, revenue, count in (
            ("de_DE", "1.234.567,50", "1.500"),
            ("en_US", "1,234,567.50", "1,500"),
            ("fr_FR", "1\u202f234\u202f567,50", "1\u202f500"),
        ):
            with self.subTest(code=code):
                wizard = self._open(code)
                shown = self._get_line(wizard, "annual_revenue").value
                self.assertEqual(shown.replace("\xa0", "\u202f"), revenue)
                shown = self._get_line(wizard, "employee_count").value
                self.assertEqual(shown.replace("\xa0", "\u202f"), count)

    def test_read_as_the_user_writes_them(self):
        for code, text, number in (
            ("de_DE", "1.500", 1500),
            ("de_DE", "1.500.000", 1_500_000),
            ("de_DE", "2000,5", 2000.5),
            ("de_DE", "1.234,5", 1234.5),
            ("en_US", "1,500", 1500),
            ("en_US", "2000.5", 2000.5),
            ("fr_FR", "1 500", 1500),
            ("fr_FR", "2\u202f000,5", 2000.5),
            ("de_DE", "0,500", 0.5),
        ):
            with self.subTest(code=code, text=text):
                wizard = self._open(code)
                self._get_line(wizard, "annual_revenue").value = text
                values = wizard._get_overrides()["account"]
                self.assertEqual(values["annual_revenue"], number)

    def test_what_can_be_read_in_two_ways_is_refused(self):
        for code, text, large, small in (
            ("de_DE", "1,500", "1.500", "1,50"),
            ("en_US", "2.500", "2,500", "2.50"),
        ):
            with self.subTest(code=code, text=text):
                wizard = self._open(code)
                line = self._get_line(wizard, "annual_revenue")
                line.value = text
                with self.assertRaises(UserError) as refused:
                    wizard._get_overrides()
                message = str(refused.exception)
                for part in (line.field_label, text, large, small):
                    self.assertIn(part, message)
