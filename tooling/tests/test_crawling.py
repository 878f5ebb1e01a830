"""The crawl decides what is a fault, and what has been clicked; both are tested."""

import tempfile
import unittest
from types import SimpleNamespace

from lab import crawl_texts, crawling
from tooling.logcheck import Record

TOLD = "You may not convert Lead A: ask its owner."


def item(name):
    return {"id": name}


class TestRefusals(unittest.TestCase):
    def test_refusal_in_words_is_no_fault(self):
        error = {"name": "odoo.exceptions.UserError", "message": TOLD, "debug": "…"}
        self.assertEqual(crawling.refusal(error), TOLD)

    def test_refusal_of_an_addon_is_known_by_its_name(self):
        error = {"name": "odoo.addons.lead_management.tools.ClaimRefused"}
        self.assertEqual(crawling.refusal(error), "")

    def test_traceback_is_a_fault(self):
        for name in ("builtins.KeyError", "psycopg2.errors.NotNullViolation", None):
            self.assertIsNone(crawling.refusal({"name": name, "message": TOLD}))


class TestServerLog(unittest.TestCase):
    def test_refusal_that_was_shown_is_no_fault(self):
        record = Record("WARNING", "odoo.http", TOLD)
        self.assertFalse(crawling.is_fault(record, [TOLD]))

    def test_warning_that_nobody_saw_is_a_fault(self):
        record = Record("WARNING", "odoo.http", "x called ignoring args {'y'}")
        self.assertTrue(crawling.is_fault(record, [TOLD]))
        self.assertTrue(crawling.is_fault(record, []))

    def test_error_is_a_fault_whatever_was_shown(self):
        more = ["Traceback (most recent call last):", f"UserError: {TOLD}"]
        for record in (
            Record("ERROR", "odoo.http", TOLD),
            Record("WARNING", "odoo.http", TOLD, more),
            Record("WARNING", "odoo.addons.crm.models.crm_lead", TOLD),
        ):
            self.assertTrue(crawling.is_fault(record, [TOLD]))

    def test_service_outside_that_does_not_answer_is_no_fault(self):
        logger = "odoo.addons.iap.tools.iap_tools"
        outside = "iap jsonrpc http://127.0.0.1:9/iap/1/enrich failed, ConnectionError"
        self.assertFalse(crawling.is_fault(Record("WARNING", logger, outside), []))
        other = Record("ERROR", logger, "Traceback of something else")
        self.assertTrue(crawling.is_fault(other, []))

    def test_what_odoo_does_again_by_itself_is_no_fault(self):
        conflict = ["ERROR: could not serialize access due to concurrent update"]
        by_orm = 'bad query: b\' UPDATE "discuss_channel_member"\\n SET …'
        by_hand = "bad query: b'\\n        UPDATE discuss_channel_member\\n SET …"
        for query in (by_orm, by_hand):
            record = Record("ERROR", "odoo.sql_db", query, conflict)
            self.assertFalse(crawling.is_fault(record, []))
            record.more = ["ERROR: null value in column"]
            self.assertTrue(crawling.is_fault(record, []))
        other = Record("ERROR", "odoo.sql_db", "bad query: UPDATE crm_lead", conflict)
        self.assertTrue(crawling.is_fault(other, []))

    def test_what_the_database_refuses_is_said_in_words(self):
        more = ['ERROR: duplicate key value violates unique constraint "once"']
        record = Record("ERROR", "odoo.sql_db", "bad query: b'INSERT …'", more)
        self.assertFalse(crawling.is_fault(record, [TOLD], [TOLD]))
        self.assertTrue(crawling.is_fault(record, [TOLD]))

    def test_odoos_own_export_is_no_fault_of_ours(self):
        told = "{}web_export_xlsx> called ignoring args {{'token'}}"
        own = Record("WARNING", "odoo.http", told.format(crawling.EXPORT))
        other = Record("WARNING", "odoo.http", told.format("<function ours."))
        self.assertFalse(crawling.is_fault(own, []))
        self.assertTrue(crawling.is_fault(other, []))


class TestConsole(unittest.TestCase):
    def test_only_errors_of_the_page_are_faults(self):
        kept_out = "Blocked script execution in 'about:srcdoc' because …"
        self.assertFalse(crawling.is_console_error("error", kept_out))
        elsewhere = "Blocked script execution in 'https://a.example'"
        self.assertTrue(crawling.is_console_error("error", elsewhere))
        self.assertTrue(crawling.is_console_error("error", "TypeError: x is null"))
        self.assertFalse(crawling.is_console_error("warning", "TypeError: x is null"))


class TestTurns(unittest.TestCase):
    def test_the_server_is_asked_first_and_each_user_begins_elsewhere(self):
        items = [
            {"id": "tab 1", "name": "", "is_step": False},
            {"id": "convert", "name": "action_convert", "is_step": True},
            {"id": "tab 2", "name": "", "is_step": False},
            {"id": "dead", "name": "", "is_step": True},
            {"id": "tab 3", "name": "", "is_step": False},
        ]
        firsts = set()
        for share in range(3):
            order = [item["id"] for item in crawling.in_turn(items, share, 3)]
            self.assertEqual(order[:2], ["convert", "dead"])
            self.assertEqual(set(order), {item["id"] for item in items})
            firsts.add(order[2])
        self.assertEqual(firsts, {"tab 1", "tab 2", "tab 3"})

    def test_one_user_sees_all_in_the_order_of_the_page(self):
        items = [{"id": n, "name": "", "is_step": False} for n in range(3)]
        self.assertEqual(crawling.in_turn(items, 0, 1), items)


class TestAgenda(unittest.TestCase):
    def test_what_a_click_shows_comes_after_and_is_reached_by_it(self):
        agenda = crawling.Agenda()
        agenda.add([item("tab"), item("button")])
        clicked = []
        for now in agenda:
            clicked.append(now["id"])
            if now["id"] == "tab":
                agenda.add([item("tab"), item("button"), item("in tab")], [now])
        self.assertEqual(clicked, ["tab", "button", "in tab"])
        self.assertEqual(agenda.ways["in tab"], (item("tab"),))
        self.assertEqual(agenda.ways["button"], ())


class TestClicked(unittest.TestCase):
    def test_each_user_sees_what_the_others_have_clicked(self):
        with tempfile.NamedTemporaryFile() as file:
            one, other = crawling.Clicked(file.name), crawling.Clicked(file.name)
            one.add("lead form", "button|action_claim|1")
            self.assertIn(("lead form", "button|action_claim|1"), other)
            self.assertNotIn(("lead list", "button|action_claim|1"), other)
            other.add("lead list", "button|action_claim|1")
            self.assertIn(("lead list", "button|action_claim|1"), one)


class TestPseudo(unittest.TestCase):
    def test_what_is_filled_in_and_the_layout_stay(self):
        text = "\n  Convert %(lead)s to <b>%s</b>: {count} &amp; 100%%\n"
        made = crawling.pseudo(text)
        self.assertEqual(made[:4], "\n  [")
        self.assertEqual(made[-2:], "]\n")
        for kept in ("%(lead)s", "<b>%s</b>", "{count}", "&amp;", "100%%", "Çóñvért"):
            self.assertIn(kept, made)
        self.assertGreater(len(made), 1.3 * len(text))


class TestFindings(unittest.TestCase):
    def test_fault_that_shows_in_two_places_is_one(self):
        findings = crawling.Findings()
        self.assertTrue(findings.add("List", "Claim", "traceback", "KeyError: 'a'\n"))
        self.assertIsNone(findings.add("Form", "Claim", "traceback", "KeyError: 'a'"))
        self.assertTrue(findings.add("Form", "Claim", "traceback", "KeyError: 'b'"))
        self.assertEqual([p["times"] for p in findings.problems], [2, 1])


class TestLeftOut(unittest.TestCase):
    def test_reasons_are_counted_with_examples(self):
        left_out = crawling.LeftOut()
        left_out.add("no time left", "Filters", 3)
        for number in range(9):
            left_out.add("covered", f"Button {number}")
        (first, second) = left_out.as_rows()
        self.assertEqual(first[:2], ("covered", 9))
        self.assertEqual(len(first[2]), crawling.LeftOut.EXAMPLES)
        self.assertEqual(second, ("no time left", 3, ["Filters"]))


class TestTextsAndValues(unittest.TestCase):
    """What a record is called is no text, wherever it is told."""

    RULE, TEXT = "Known accounts and contacts", "Leads that wait for you"

    def query(self, sql, *params, database):
        self.assertEqual(database, "lived_in")
        if sql == crawl_texts.COLUMNS:
            return [("rule", "name"), ("rule", "note"), ("status", 'na"me')]
        ((texts,), is_rule) = params, '"rule"' in sql
        self.assertEqual(texts, [self.RULE, self.TEXT])
        self.assertIn('("name"), ("note")' if is_rule else '("na""me")', sql)
        return [(self.RULE,)] if is_rule else []

    def test_names_of_records_are_left_out(self):
        odoo = SimpleNamespace(databases=self)
        texts = [self.RULE, self.TEXT]
        left = crawl_texts.without_values(odoo, "lived_in", texts)
        self.assertEqual(left, [self.TEXT])

    def test_no_database_is_asked_about_no_texts(self):
        self.assertEqual(crawl_texts.without_values(None, "lived_in", []), [])
