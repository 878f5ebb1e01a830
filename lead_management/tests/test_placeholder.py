import importlib.util
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import BaseCase, Form, tagged
from odoo.tools.misc import file_path

from ..tools.account_key import company_key
from ..tools.placeholder import (
    MAX_LENGTH,
    is_placeholder,
    is_placeholder_of_person,
)
from .common import TestLeadManagementCommon

PLACEHOLDERS = """
N/A|n/a|NA|n.a.|n. a.|N / A|n-a|n_a|N\\A|N/A!|- N/A -|n/a n/a|N/A - N/A|Ｎ／Ａ
-|--|–|—|.
...|…|?|???|*|//|__|•|\u200b|"-"|none|None|NONE|none.|(none)|- none -|“none”|none none
none/unknown|private|Private|unknown|UNKNOWN|[unknown]|unknown!!!|not known|no company
self-employed|tbd|T.B.D.|to be determined|test|TEST|null|NULL|#N/A|#NV|NaN|x|xx|XXX|000
aaaa|12345|asdf|k.A.|k. A.|kA|k.a.|o.A.|keine|Keine Angabe
keine Firma|unbekannt|privat
Privatperson|unbekannt (privat)|nicht verfügbar|aucun|Aucune|sans société|Particulier
&|+|& &|yy|Zz|y|0|1234|1234567890|n.v.t. n.v.t.|t b d|N N N N|nan|Nil - Nil
#REF!|#DIV/0!
néant|n/c|sin empresa|Ninguno|no aplica|desconocido|nessuno|privato|non disponibile
não informado|sem empresa|geen|onbekend|n.v.t.|nvt|particulier|ingen|okänd|ei tiedossa
brak|nie dotyczy|žádná|nincs|yok|κανένα|нет|Н/Д|неизвестно|אין|لا يوجد|なし|不明|无|没有
없음
"""
NAMES = """
None Ltd|NA-KD|Private Media Group|Privatbank|Nothing|!!!|KA|A&N|N+A|X|X Corp|3M|H&M
1&1|360|888|AAA|Test AG|Keine Sorgen Versicherung|Unknown Worlds|NVIDIA|N26|NN Group
Null Industries|Private Bank|ND Group|Testo|No Fear|DNA|SO|TBD Media AG|Blank Street
12|123|2345|NAN|Y|So So|N A B|S O S|A.K.A. Foods|X / private
Student Loans Company|Particular Audience|Aucun Doute SARL|Nada Surf|O2|C&A|Acme
"""


def _split(texts):
    return [text for line in texts.strip().split("\n") for text in line.split("|")]


@tagged("post_install", "-at_install", "lead_account_match")
class TestPlaceholderNames(BaseCase):
    def test_what_people_type_for_none_is_no_name(self):
        for text in _split(PLACEHOLDERS):
            with self.subTest(text=text):
                self.assertTrue(is_placeholder(text))
                self.assertTrue(is_placeholder(f"  {text} "))
                self.assertEqual(company_key(text), "")

    def test_companies_keep_their_names(self):
        for text in _split(NAMES):
            with self.subTest(text=text):
                self.assertFalse(is_placeholder(text))
                self.assertTrue(company_key(text))

    def test_longer_texts_are_names(self):
        self.assertTrue(is_placeholder("x" * MAX_LENGTH))
        self.assertFalse(is_placeholder("x" * (MAX_LENGTH + 1)))
        self.assertEqual(MAX_LENGTH, 60)

    def test_empty_text_is_no_placeholder(self):
        for text in (None, False, "", "  "):
            self.assertFalse(is_placeholder(text))

    def test_people_keep_their_names(self):
        for text in ("Nil", "No", "Nada", "Jane Doe", "Max Privat", "Ka"):
            self.assertFalse(is_placeholder_of_person(text), text)
        for text in ("-", "N/A", "N/A N/A", "unknown", "Unbekannt", "???"):
            self.assertTrue(is_placeholder_of_person(text), text)


@tagged("post_install", "-at_install", "lead_account_match")
class TestPlaceholderCompanies(TestLeadManagementCommon):
    """Leads of no company, whatever stands in its place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.env["res.partner"].create({"name": "N/A", "is_company": True})
        cls.leads = cls.env["crm.lead"]
        for number, text in enumerate(_split(PLACEHOLDERS)[::9]):
            cls.leads |= cls._create_lead(
                cls.user_sales_salesman,
                partner_name=text,
                contact_name=f"Stranger {number}",
                email_from=f"stranger{number}@gmail.com",
            )

    def test_neither_leads_nor_accounts_have_a_key(self):
        self.assertFalse(self.old.account_key)
        self.assertEqual(set(self.leads.mapped("account_key")), {False})

    def test_nothing_matches(self):
        leads = self.leads.with_user(self.user_sales_salesman)
        for lead in leads:
            found = leads.find_possible_accounts(
                {"partner_name": lead.partner_name, "contact_name": lead.contact_name}
            )
            self.assertFalse(found["account_count"] or found["hidden"])
        names = [{"name": lead.partner_name} for lead in leads]
        for answer in self.env["res.partner"]._find_account_matches_batch(names):
            self.assertFalse(answer["matches"])
        self.assertFalse(any(leads.mapped("has_possible_account")))

    def test_strangers_share_no_account(self):
        for convert in (self._convert, self._convert_by_mass_wizard):
            with self.subTest(way=convert.__name__), self.env.cr.savepoint() as point:
                convert(self.leads.with_user(self.user_sales_salesman))
                for lead in self.leads:
                    account = lead.conversion_id.account_id
                    self.assertFalse(account.is_company)
                    self.assertEqual(account.name, lead.contact_name)
                accounts = self.leads.conversion_id.account_id
                self.assertEqual(len(accounts), len(self.leads))
                point.rollback()

    def _convert(self, leads):
        leads.convert_lead()

    def _convert_by_mass_wizard(self, leads):
        wizards = self.env["crm.lead2opportunity.partner.mass"]
        wizard = (
            wizards.with_user(leads.env.user)
            .with_context(active_model="crm.lead", active_ids=leads.ids)
            .create({"action": "each_exist_or_create"})
        )
        plan = wizard.plan
        self.assertFalse(plan["links"])
        self.assertEqual(len(plan["accounts"]), len(leads))
        wizard.action_mass_convert()

    def test_wizard_offers_a_person(self):
        lead = self.leads[0].with_user(self.user_sales_salesman)
        wizards = self.env["crm.lead2opportunity.partner"].with_user(lead.env.user)
        context = {"active_model": "crm.lead", "active_id": lead.id}
        with Form(wizards.with_context(**context, active_ids=lead.ids)) as form:
            self.assertFalse(form.account_matches["matches"])
            self.assertFalse(form.account_matches["new"])
            self.assertNotIn(lead.partner_name, form.preview_created)
        form.record.action_apply()
        self.assertEqual(lead.partner_id.name, lead.contact_name)
        self.assertFalse(lead.partner_id.commercial_partner_id.is_company)

    def test_native_creation_of_the_customer_makes_a_person(self):
        lead = self.leads[0].with_user(self.user_sales_salesman)
        lead._handle_partner_assignment(create_missing=True)
        self.assertEqual(lead.partner_id.name, lead.contact_name)
        self.assertFalse(lead.partner_id.parent_id)

    def test_lead_of_nobody_says_so(self):
        lead = self._create_lead(
            self.user_sales_salesman, name="Fair", partner_name="-", contact_name="n/a"
        )
        with self.assertRaisesRegex(UserError, "neither a company nor a contact"):
            lead.with_user(self.user_sales_salesman).convert_lead()

    def test_contact_name_that_is_none_makes_no_contact(self):
        lead = self._create_lead(
            self.user_sales_salesman, partner_name="Roadrunner", contact_name="-"
        )
        lead.with_user(self.user_sales_salesman).convert_lead()
        self.assertEqual(lead.conversion_id.account_id.name, "Roadrunner")
        self.assertFalse(lead.conversion_id.contact_id)

    def test_form_that_wants_a_company_takes_one(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.require_company", "True"
        )
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        form = Form(leads.with_context(default_type="lead"))
        form.partner_name = "N/A"
        form.contact_first_name, form.contact_last_name = "Jane", "Doe"
        lead = form.save()
        self.assertEqual(lead.partner_name, "N/A")

    def test_policy_lets_placeholders_pass(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.duplicate_policy", "block"
        )
        self.user_sales_salesman.group_ids += self.env.ref("base.group_partner_manager")
        partners = self.env["res.partner"].with_user(self.user_sales_salesman)
        both = partners.create([{"name": "N/A", "is_company": True}] * 2)
        self.assertEqual(len(both), 2)

    def test_keys_of_old_databases_go(self):
        real = self.env["res.partner"].create({"name": "None Ltd", "is_company": True})
        lead = self.leads[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET account_key = 'na', account_key_version = 0"
            " WHERE id = %s",
            [self.old.id],
        )
        self.env.cr.execute(
            "UPDATE crm_lead SET account_key = 'na' WHERE id = %s", [lead.id]
        )
        self._load_migration("19.0.1.4.0/post-account_keys.py").migrate(
            self.env.cr, "19.0.1.3.0"
        )
        self.env["res.partner"]._fill_account_keys(1000)  # by the action it has called
        self.env.invalidate_all()
        self.assertFalse(self.old.account_key or lead.account_key)
        self.assertEqual(real.account_key, "none")

    def _load_migration(self, path):
        path = Path(file_path(f"lead_management/migrations/{path}"))
        spec = importlib.util.spec_from_file_location("migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
