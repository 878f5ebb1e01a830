from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import SQL

from ..hooks.fill import fill_account_keys
from ..models.res_partner.account_key import VERSION
from .common import TestLeadManagementCommon


class TestAccountMatchCommon(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.rockets = cls._create_account(
            "Kwyjibo Rockets GmbH",
            website="https://www.kwyjibo-rockets.example/en",
            email="info@kwyjibo-rockets.example",
            phone="+32 470 12 34 56",
            vat="BE0477472701",
            country_id=cls.belgium.id,
        )

    @classmethod
    def _create_account(cls, name, **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, **values}
        )

    def _find(self, limit=5, user=None, **values):
        partners = self.env["res.partner"].with_user(user or self.user_sales_leads)
        return partners.find_account_matches(values, limit=limit)

    def _find_best(self, **values):
        """Return the best account with its score and its reasons."""
        matches = self._find(**values)["matches"]
        if not matches:
            return self.env["res.partner"], 0, []
        best = matches[0]
        return (
            self.env["res.partner"].browse(best["id"]),
            best["score"],
            best["reasons"],
        )


@tagged("post_install", "-at_install", "lead_account_match")
class TestAccountMatch(TestAccountMatchCommon):
    def test_evidence_and_reasons(self):
        self.env["res.partner"].create(
            {
                "name": "Jane Doe",
                "parent_id": self.rockets.id,
                "email": "jane@private.example",
                "phone": "+32 470 99 88 77",
            }
        )
        for values, least, reason in [
            ({"name": "Kwyjibo Rockets"}, 0.9, "name differs only by GmbH"),
            ({"name": "KWYJIBO ROCKETS GMBH"}, 0.9, "same name"),
            (
                {"name": "Kwyjibo Rockets Inc."},
                0.9,
                "name differs only by Inc. and GmbH",
            ),
            ({"name": "KwyjiboRockets"}, 0.9, "same name, written together or apart"),
            ({"name": "Rockets Kwyjibo"}, 0.9, "same words in another order"),
            ({"name": "Kwyjibo Rockets Group"}, 0.9, "name differs only by Group"),
            ({"name": "Kwyjibo Rokets"}, 0.5, "similar name"),
            ({"name": "Kwyjibo"}, 0.5, "its name contains “Kwyjibo”"),
            (
                {"website": "kwyjibo-rockets.example"},
                0.9,
                "same website kwyjibo-rockets.example",
            ),
            (
                {"email": "Bob <bob@kwyjibo-rockets.example>"},
                0.8,
                "same email domain kwyjibo-rockets.example",
            ),
            ({"email": "INFO@kwyjibo-rockets.example"}, 0.9, "same email address"),
            (
                {"email": "jane@private.example"},
                0.85,
                "a contact has the same email address",
            ),
            ({"phone": "+32470123456"}, 0.8, "same phone"),
            ({"phone": "+32 470 998877"}, 0.8, "a contact has the same phone"),
            ({"vat": "be 0477.472.701"}, 0.95, "same tax ID"),
        ]:
            with self.subTest(**values):
                account, score, reasons = self._find_best(**values)
                self.assertEqual(account, self.rockets)
                self.assertGreaterEqual(score, least)
                self.assertEqual(reasons[0], reason)

    def test_national_phone_number_is_of_the_country(self):
        account, *_rest = self._find_best(
            phone="0470 12 34 56", country_id=self.belgium.id
        )
        self.assertEqual(account, self.rockets)

    def test_initials(self):
        machines = self._create_account("International Brontosaurus Machines Corp")
        account, _score, reasons = self._find_best(name="IBM")
        self.assertEqual(account, machines)
        self.assertEqual(reasons, ["IBM are its initials"])
        machines.name = "IBM"
        account, *_rest = self._find_best(name="International Brontosaurus Machines")
        self.assertEqual(account, machines)

    def test_bank_and_the_company_that_holds_it(self):
        bank = self._create_account("Northwest Bancshares, Inc.")
        account, score, _reasons = self._find_best(name="Northwest Bank")
        self.assertEqual(account, bank)
        self.assertLess(score, 0.85, "somebody should look")

    def test_domain_that_spells_the_name(self):
        self.rockets.website = False
        self.rockets.email = False
        account, _score, reasons = self._find_best(email="x@kwyjibo-rockets.example")
        self.assertEqual(account, self.rockets)
        self.assertEqual(
            reasons, ["the domain kwyjibo-rockets.example spells its name"]
        )

    def test_free_mail_is_no_evidence(self):
        self.rockets.email = "kwyjibo@gmail.com"
        self.assertFalse(self._find(email="somebody@gmail.com")["matches"])

    def test_nothing_known_finds_nothing(self):
        empty = {"matches": [], "hidden": 0}
        self.assertEqual(self._find(), empty)
        self.assertEqual(self._find(name=False, email=None, country_id=False), empty)
        self.assertEqual(self._find(country_id=self.belgium.id), empty)
        self.assertEqual(self._find(name="Zzyzx Quux"), empty)

    def test_more_evidence_comes_first(self):
        twin = self._create_account("Kwyjibo Rockets Ltd")
        matches = self._find(name="Kwyjibo Rockets", phone="+32470123456")["matches"]
        self.assertEqual([m["id"] for m in matches], [self.rockets.id, twin.id])
        self.assertGreater(matches[0]["score"], matches[1]["score"])
        matches = self._find(name="Kwyjibo Rockets")["matches"]
        self.assertEqual(matches[0]["score"], matches[1]["score"])
        self.assertEqual(
            matches[0]["id"], self.rockets.id, "the older one, at the same score"
        )

    def test_country_decides_between_equals(self):
        twin = self._create_account(
            "Kwyjibo Rockets Ltd", country_id=self.env.ref("base.uk").id
        )
        account, _score, reasons = self._find_best(
            name="Kwyjibo Rockets", country_id=twin.country_id.id
        )
        self.assertEqual(account, twin)
        self.assertIn("same country", reasons)

    def test_other_tax_id_and_other_web_site_speak_against(self):
        _account, plain, _reasons = self._find_best(name="Kwyjibo Rockets")
        _account, other, _reasons = self._find_best(
            name="Kwyjibo Rockets", vat="BE0123456789"
        )
        self.assertLess(other, plain)
        _account, other, _reasons = self._find_best(
            name="Kwyjibo Rockets", website="zzyzx.example"
        )
        self.assertLess(other, plain)

    def test_evidence_that_many_share_is_weak(self):
        for number in range(25):
            self._create_account(f"Tenant {number} of it", phone="+32 470 55 55 55")
        self.assertFalse(self._find(phone="+32470555555")["matches"])

    def test_word_that_many_accounts_have_is_weak(self):
        for number in range(25):
            self._create_account(f"Fnord Fund {number}")
        self.assertFalse(self._find(name="Fnord")["matches"])
        account, *_rest = self._find_best(name="Fnord Fund 7")
        self.assertEqual(account.name, "Fnord Fund 7")

    def test_name_in_another_script(self):
        toyota = self._create_account("帕克瓦自動車株式会社")
        account, _score, reasons = self._find_best(name="帕克瓦自動車")
        self.assertEqual(account, toyota)
        self.assertEqual(reasons, ["name differs only by 株式会社"])

    def test_archived_account_counts_and_says_so(self):
        self.rockets.active = False
        account, _score, reasons = self._find_best(name="Kwyjibo Rockets")
        self.assertEqual(account, self.rockets)
        self.assertIn("archived", reasons)

    def test_person_without_company_is_an_account(self):
        person = self.env["res.partner"].create({"name": "Zzyzx Quux"})
        account, *_rest = self._find_best(name="Zzyzx Quux")
        self.assertEqual(account, person)

    def test_limit(self):
        for number in range(8):
            self._create_account(f"Kwyjibo Rockets {'I' * number} Ltd")
        self.assertEqual(len(self._find(name="Kwyjibo Rockets")["matches"]), 5)
        self.assertEqual(len(self._find(2, name="Kwyjibo Rockets")["matches"]), 2)
        self.assertEqual(self._find(0, name="Kwyjibo Rockets")["matches"], [])
        self.assertEqual(self._find(-3, name="Kwyjibo Rockets")["matches"], [])
        self.assertTrue(self._find(10**30, name="Kwyjibo Rockets")["matches"])

    def test_threshold_is_a_setting(self):
        self.assertTrue(self._find(name="Kwyjibo")["matches"])
        self.env["res.config.settings"].create(
            {"lead_account_match_threshold": 90, "lead_account_match_sure": 95}
        ).execute()
        self.assertFalse(self._find(name="Kwyjibo")["matches"])
        self.assertTrue(self._find(name="Kwyjibo Rockets")["matches"])
        self.assertEqual(
            self.env["res.partner"]._get_account_match_thresholds(), (0.90, 0.95)
        )
        for shown, sure in ((0, 90), (95, 90), (90, 101)):
            with self.assertRaises(ValidationError):
                self.env["res.config.settings"].create(
                    {
                        "lead_account_match_threshold": shown,
                        "lead_account_match_sure": sure,
                    }
                )

    def test_values_of_clients_are_not_trusted(self):
        find = self.env["res.partner"].with_user(self.user_sales_leads)
        find = find.find_account_matches
        for values in (
            {"name": 42},
            {"email": ["a@b.c"]},
            {"vat": {"a": 1}},
            {"country_id": "be"},
            {"country_id": [1, "Belgium"]},
            {"country_id": True},
        ):
            with self.assertRaises(UserError):
                find(values)
        for values in (None, "Acme", ["Acme"], 5, [("name", "Acme")]):
            with self.assertRaises(UserError):
                find(values)
        for limit in ("5", None, 2.5, True, [5]):
            with self.assertRaises(UserError):
                find({"name": "Kwyjibo"}, limit=limit)
        for values in (
            {"user_id": 1, "active": False, "id": 3, "account_key": "x", "name": ""},
            {"name": "x" * 1_000_000, "website": "a." * 500_000, "vat": "1" * 99_999},
            {"name": "Vrklmpf\0\ud800", "email": "\0@\ud800.com", "phone": "\0"},
            {"name": "%_\\'; DROP TABLE res_partner; --", "phone": "%%%"},
            {"name": "{}[]\"',", "email": "x@y@z", "website": "http://[::1]/"},
            {"country_id": 2**70, "name": "x"},
            {"country_id": -1, "name": "x"},
            {"country_id": 999_999_999, "phone": "0470123456"},
        ):
            self.assertEqual(find(values), {"matches": [], "hidden": 0})

    def test_batch_gives_the_same_in_the_same_order(self):
        asked = [
            {"name": "Kwyjibo Rockets"},
            {},
            {"name": "Kwyjibo Rokets"},
            {"phone": "+32470123456"},
            {"name": "Kwyjibo Rockets"},
        ]
        partners = self.env["res.partner"].with_user(self.user_sales_leads)
        self.assertEqual(
            partners._find_account_matches_batch(asked),
            [partners.find_account_matches(values) for values in asked],
        )
        self.assertEqual(partners._find_account_matches_batch([]), [])

    def test_sure_ones_are_those_of_all_that_are_as_good_as_sure(self):
        self._create_account("Wyvern Yield Zonker Academy Group")
        self._create_account("Quixbank Zonker Lambrinos Holding")
        same = [
            *("Group Kwyjibo Rockets", "Rockets Kwyjibo", "KwyjiboRockets"),
            *("Wyvern Yield Zonker Acad", "Zonker Wyvern Yield Academy Group"),
            *("Quix Bank Zonker Lambrinos", "Quixbank Zonker Lambrinos"),
            *("Kwyjibo Spaceships", "WYZ", "International Group", "Z&K"),
        ]
        asked = [
            {"name": "Kwyjibo Rockets"},
            {"name": "Kwyjibo Rokets", "phone": "+32470123456"},
            {"name": "Kwyjibo Rokets"},
            {"email": "bob@kwyjibo-rockets.example"},
            {"name": "Kwyjibo Rockets", "website": "zzyzx.example"},
            *({"name": name} for name in same),
        ]
        partners = self.env["res.partner"].with_user(self.user_sales_leads)
        found = partners._find_account_matches_batch(asked)
        sure = partners._find_account_matches_batch(asked, sure=True)
        for everything, some in zip(found, sure, strict=True):
            matches = [m for m in everything["matches"] if m["score"] >= 0.85]
            self.assertEqual(some["matches"], matches)
        counts = [len(some["matches"]) for some in sure]
        self.assertEqual(counts[:5], [1, 1, 0, 0, 0])
        self.assertEqual(counts[5:], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
        # A setting that takes likely ones for sure finds misspelt names too.
        self.env["ir.config_parameter"].set_param(
            "lead_management.account_match_sure", "60"
        )
        sure = partners._find_account_matches_batch(asked[:5], sure=True)
        self.assertEqual([len(some["matches"]) for some in sure], [1, 1, 1, 1, 1])

    def test_number_of_queries_does_not_grow_with_the_leads(self):
        def count(number):
            partners = self.env["res.partner"].with_user(self.user_sales_leads)
            self.env.invalidate_all()
            asked = [
                {
                    "name": f"Kwyjibo Rokets {n}",
                    "email": f"x@{n}.example",
                    "phone": f"+3247012{n:04}",
                    "vat": f"BE04774727{n:02}",
                }
                for n in range(number)
            ]
            before = self.env.cr.sql_log_count
            partners._find_account_matches_batch(asked)
            return self.env.cr.sql_log_count - before

        count(2)  # what is cached for good
        self.assertEqual(count(2), count(60))

    def test_nothing_is_written(self):
        written = self.rockets.write_date
        with patch.object(
            type(self.env["res.partner"]), "write", side_effect=AssertionError
        ):
            self._find(name="Kwyjibo Rockets", email="x@kwyjibo-rockets.example")
        self.env.flush_all()
        self.assertEqual(self.rockets.write_date, written)


@tagged("post_install", "-at_install", "lead_account_match", "lead_access")
class TestAccountMatchAccess(TestAccountMatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.salesman_b = new_test_user(
            cls.env,
            "match_salesman_b",
            "sales_team.group_sale_salesman_all_leads",
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )

    def test_account_of_another_company_is_counted_and_not_named(self):
        hidden = self._create_account(
            "Kwyjibo Rockets Secret Ltd", company_id=self.company_b.id
        )
        found = self._find(name="Kwyjibo Rockets")
        self.assertEqual([m["id"] for m in found["matches"]], [self.rockets.id])
        self.assertEqual(found["hidden"], 1)
        self.assertNotIn("Secret", str(found))
        found = self._find(user=self.salesman_b, name="Kwyjibo Rockets")
        self.assertIn(hidden.id, [m["id"] for m in found["matches"]])
        self.assertEqual(found["hidden"], 0)

    def test_hidden_ones_leave_the_limit_to_the_others(self):
        for number in range(6):
            self._create_account(
                f"Kwyjibo Rockets {'X' * number}", company_id=self.company_b.id
            )
        found = self._find(1, name="Kwyjibo Rockets")
        self.assertEqual([m["id"] for m in found["matches"]], [self.rockets.id])
        self.assertEqual(found["hidden"], 6)

    def test_record_rules_decide_whose_names_are_shown(self):
        self.env["ir.rule"].create(
            {
                "name": "Nobody reads rockets",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.rockets.id})]",
            }
        )
        found = self._find(name="Kwyjibo Rockets")
        self.assertEqual(found, {"matches": [], "hidden": 1})

    def test_account_found_by_a_contact_the_user_may_not_read(self):
        self.env["res.partner"].create(
            {
                "name": "Secret Person",
                "parent_id": self.rockets.id,
                "company_id": False,
                "email": "secret@elsewhere.example",
            }
        )
        found = self._find(email="secret@elsewhere.example")
        self.assertEqual(found["matches"][0]["id"], self.rockets.id)
        self.assertNotIn("Secret Person", str(found))

    def test_only_internal_users_may_ask(self):
        portal = new_test_user(self.env, "match_portal", "base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (portal, public):
            with self.assertRaises(AccessError):
                self._find(user=user, name="Kwyjibo")
        employee = new_test_user(self.env, "match_employee", "base.group_user")
        self.assertTrue(self._find(user=employee, name="Kwyjibo Rockets")["matches"])


@tagged("post_install", "-at_install", "lead_account_match")
class TestAccountKeyColumns(TestAccountMatchCommon):
    def test_key_follows_what_is_written(self):
        account = self.rockets
        self.assertEqual(account.account_key, "kwyjibo rockets")
        self.assertEqual(account.account_domain, "kwyjibo-rockets.example")
        self.assertEqual(account.account_email_domain, "kwyjibo-rockets.example")
        account.write(
            {"name": "Fnord Ltd", "website": "fnord.example", "email": "x@gmail.com"}
        )
        self.assertEqual(account.account_key, "fnord")
        self.assertEqual(account.account_domain, "fnord.example")
        self.assertFalse(account.account_email_domain)
        self.assertEqual(account.account_key_version, VERSION)

    def test_contact_gets_a_key_when_it_becomes_an_account(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Zzyzx Quux",
                "parent_id": self.rockets.id,
                "email": "zzyzx@kwyjibo-rockets.example",
            }
        )
        self.assertFalse(contact.account_key)
        self.assertEqual(contact.account_email_domain, "kwyjibo-rockets.example")
        contact.parent_id = False
        self.assertEqual(contact.account_key, "zzyzx quux")
        contact.parent_id = self.rockets
        self.assertFalse(contact.account_key)
        contact.is_company = True
        self.assertEqual(contact.account_key, "zzyzx quux", "a branch")

    def test_merged_accounts_are_found_as_one(self):
        twin = self._create_account("Kwyjibo Rockets Ltd", phone="+32 470 66 66 66")
        person = self.env["res.partner"].create(
            {"name": "Jane", "parent_id": twin.id, "email": "jane@zzyzx.example"}
        )
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.rockets + twin).ids, self.rockets
        )
        self.assertFalse(twin.exists())
        matches = self._find(name="Kwyjibo Rockets")["matches"]
        self.assertEqual([m["id"] for m in matches], [self.rockets.id])
        self.assertEqual(person.commercial_partner_id, self.rockets)
        account, *_rest = self._find_best(email="jane@zzyzx.example")
        self.assertEqual(account, self.rockets)

    def _make_pending(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET account_key = NULL, account_domain = NULL,"
            " account_sound = NULL,"
            " account_email_domain = NULL, account_key_version = NULL"
        )
        self.env.invalidate_all()

    def test_accounts_that_were_there_are_filled(self):
        partners = self.env["res.partner"].with_context(active_test=False).search([])
        names = [
            *("account_key", "account_sound", "account_domain"),
            *("account_email_domain", "account_key_version"),
        ]
        before = partners.read(names)
        self._make_pending()
        self.assertEqual(partners._count_pending_account_keys(), len(partners))
        self.assertFalse(self._find(name="Kwyjibo Rockets")["matches"])
        # what needs no key works meanwhile
        self.assertTrue(self._find(phone="+32470123456")["matches"])
        fill_account_keys(self.env)
        self.assertEqual(partners._count_pending_account_keys(), 0)
        self.assertEqual(partners.read(names), before)
        self.assertTrue(self._find(name="Kwyjibo Rockets")["matches"])

    def test_large_database_is_filled_by_the_scheduled_action(self):
        cron = self.env.ref("lead_management.ir_cron_fill_account_keys")
        self._make_pending()
        with patch("odoo.addons.lead_management.hooks.fill.FILLED_AT_ONCE", 1):
            fill_account_keys(self.env)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 1)
        partners = self.env["res.partner"]
        pending = partners._count_pending_account_keys()
        self.assertTrue(pending)
        settings = self.env["res.config.settings"].create({})
        self.assertIn(f"0 of {pending}", settings.lead_account_key_status)
        batch = "odoo.addons.lead_management.models.res_partner.account_key"
        with patch(f"{batch}.FILL_BATCH_SIZE", 7), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(partners._count_pending_account_keys(), 0)
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.lead_account_key_status, "All contacts are ready")

    def test_index_of_words_has_no_waiting_list(self):
        """Each word that is looked up would go through all of it."""
        self.env.cr.execute(
            "SELECT reloptions FROM pg_class"
            " WHERE oid = 'res_partner_account_key_words_idx'::regclass"
        )
        self.assertEqual(self.env.cr.fetchone()[0], ["fastupdate=off"])

    def test_each_way_of_looking_has_an_index(self):
        """What is asked can be answered by an index, even where a scan is cheaper."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        partners = self.env["res.partner"]
        queries = partners._prepare_match_queries(
            [
                {
                    "name": "International Kwyjibo Rokets",
                    "email": "jane@kwyjibo-rockets.example",
                    "phone": "+32470123456",
                    "website": "kwyjibo-rockets.example",
                    "vat": "BE0477472701",
                },
                {"name": "IBM"},
                {"name": "Z&K"},
                {"name": "BCBS Florida"},
            ]
        )
        probes = [
            *partners._get_name_probes(queries),
            *partners._get_misspelling_probes(queries, set()),
            *partners._get_address_probes(queries),
        ]
        self.assertEqual(len({probe.name for probe in probes}), len(probes) - 1)
        for probe in [*probes, *partners._get_same_name_probes(queries, [0])]:
            with self.subTest(probe=probe.name):
                self.assertTrue(probe.rows)
                query = SQL("EXPLAIN %s", partners._get_probe_query([probe]))
                plan = [row[0] for row in self.env.execute_query(query)]
                self.assertNotIn("Seq Scan on res_partner", "\n".join(plan))


@tagged("post_install", "-at_install", "lead_account_match")
class TestAccountMatchHttp(HttpCase):
    def test_client_asks_on_a_read_only_cursor(self):
        self.env["res.partner"].create({"name": "Kwyjibo Ltd", "is_company": True})
        self.authenticate("admin", "admin")
        found = self.make_jsonrpc_request(
            "/web/dataset/call_kw/res.partner/find_account_matches",
            {
                "model": "res.partner",
                "method": "find_account_matches",
                "args": [{"name": "Kwyjibo"}],
                "kwargs": {"limit": 3},
            },
        )
        self.assertEqual(found["matches"][0]["display_name"], "Kwyjibo Ltd")
