import random
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged, users

from .test_assignment_rule import TestAssignmentCommon


class TestKnownCommon(TestAssignmentCommon):
    """An account of Anna's, and an entry that gives leads to whom the customer knows.

    What no owner takes goes to Cora, by the last entry.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner"].create(
            {
                "name": "Zephyr Turbines GmbH",
                "is_company": True,
                "website": "https://zephyr-turbines.example",
                "user_id": cls.anna.id,
            }
        )
        cls.company_elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.known = cls._create_entry("Known", target="known")
        cls.rest = cls._create_entry("Rest", user=cls.cora)
        cls.team = cls.env["crm.team"].create(
            {
                "name": "Turbines",
                "user_id": cls.bert.id,
                "member_ids": [Command.set(cls.anna.ids)],
            }
        )

    @classmethod
    def _create_zephyr(cls, **values):
        """Create a lead that is for sure of the account."""
        return cls._create_leads(
            partner_name="Zephyr Turbines",
            website="https://zephyr-turbines.example",
            **values,
        )

    def _explain(self, lead, user=None):
        tests = self.env["crm.lead.assignment.test"].with_user(
            user or self.user_sales_manager
        )
        return tests.create({"lead_id": lead.id}).result


@tagged("post_install", "-at_install", "lead_assignment")
class TestKnownOwners(TestKnownCommon):
    """Leads go to whom the customer knows."""

    def test_account_of_a_salesperson(self):
        lead = self._create_zephyr()
        other = self._create_leads(partner_name="Nobody Knows Them")
        result = (lead + other).run_assignment_rules()
        self.assertEqual(result["entries"], {self.known.id: 1, self.rest.id: 1})
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(other.user_id, self.cora)

    def test_account_that_is_chosen_is_not_doubted(self):
        lead = self._create_leads(partner_name="Something else")
        lead.account_id = self.account
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_unsure_match_needs_a_lower_score(self):
        self.account.website = False
        lead = self._create_leads(
            partner_name="Turbines of Zephyr International Ltd",
        )
        partners = self.env["res.partner"]
        answer = partners.find_account_matches({"name": lead.partner_name})
        scores = [match["score"] for match in answer["matches"]]
        likely, sure = partners._get_account_match_thresholds()
        self.assertTrue(scores)
        self.assertTrue(likely <= scores[0] < sure, scores)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)
        self.known.known_score = "likely"
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_open_lead_of_the_same_person(self):
        for values, others in (
            ({"email_from": "jo@zeph.example"}, {"email_from": "Jo <JO@zeph.example>"}),
            (
                {"email_from": "jo+fair@zeph.example"},
                {"email_from": "jo@zeph.example"},
            ),
            (
                {"email_from": "jo@zeph.example"},
                {"email_from": "jo+fair@zeph.example"},
            ),
            (
                {"email_from": "jo.doe@gmail.com"},
                {"email_from": "jodoe@googlemail.com"},
            ),
            (
                {"phone": "+49 30 901820", "contact_name": "Jo  Doe"},
                {"phone": "+4930901820", "contact_name": "jo doe"},
            ),
        ):
            for kind in ("lead", "opportunity"):
                with self.subTest(values=values, kind=kind):
                    past = self._create_leads(type=kind, user_id=self.bert.id, **others)
                    lead = self._create_leads(**values)
                    lead.run_assignment_rules()
                    self.assertEqual(lead.user_id, self.bert)
                    (past + lead).unlink()

    def test_phone_alone_is_likely(self):
        self._create_leads(phone="+49 30 901820", user_id=self.bert.id)
        lead = self._create_leads(phone="+49 30 901820")
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)
        self.known.known_score = "likely"
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)

    def test_lost_and_won_leads_are_not_asked(self):
        lost = self._create_leads(email_from="jo@z.example", user_id=self.bert.id)
        lost.action_set_lost(lost_reason_id=self.lost_reason.id)
        won = self._create_leads(
            type="opportunity", email_from="jo@z.example", user_id=self.bert.id
        )
        won.action_set_won()
        lead = self._create_leads(email_from="jo@z.example")
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)

    def test_contact_and_the_order(self):
        """A contact of Bert's at an account of Anna's; a lead of Cora's."""
        self.env["res.partner"].create(
            {
                "name": "Jo Doe",
                "email": "jo@z.example",
                "parent_id": self.account.id,
                "user_id": self.bert.id,
            }
        )
        self.rest.user_id = self.user_sales_leads
        for order, has_lead, owner in (
            ("person", False, self.bert),
            ("person", True, self.cora),
            ("account", True, self.anna),
            ("only_account", True, self.anna),
            ("only_person", False, self.bert),
        ):
            with self.subTest(order=order, has_lead=has_lead):
                self.known.known_order = order
                past = self._create_leads(
                    int(has_lead), email_from="jo@z.example", user_id=self.cora.id
                )
                lead = self._create_zephyr(email_from="jo@z.example")
                lead.run_assignment_rules()
                self.assertEqual(lead.user_id, owner)
                (past + lead).unlink()

    def test_owner_who_can_not(self):
        """Archived, away, full, of another company, without access to leads."""
        assignee = self.env["crm.lead.assignee"].create({"user_id": self.anna.id})
        elsewhere = self.company_elsewhere
        self.cora.company_ids += elsewhere
        clerk = new_test_user(self.env, "clerk", "base.group_user", name="Clerk")
        today = fields.Date.today()

        def fill():
            self._create_leads(user_id=self.anna.id)
            assignee.capacity = 1

        for why, hinder, restore in (
            (
                "away until",
                lambda: assignee.write({"away_until": today + timedelta(days=9)}),
                lambda: assignee.write({"away_until": False}),
            ),
            ("their limit", fill, lambda: assignee.write({"capacity": 0})),
            (
                "no access to leads",
                lambda: self.account.write({"user_id": clerk.id}),
                lambda: self.account.write({"user_id": self.anna.id}),
            ),
            (
                "work in Elsewhere",
                lambda: None,
                lambda: None,
            ),
            (
                "archived",
                lambda: self.anna.write({"active": False}),
                lambda: self.anna.write({"active": True}),
            ),
        ):
            with self.subTest(why=why):
                hinder()
                lead = self._create_zephyr()
                if "Elsewhere" in why:
                    lead.company_id = elsewhere
                explained = self._explain(lead, self.env.user)
                self.assertIn(why, explained)
                lead.run_assignment_rules()
                self.assertEqual(lead.user_id, self.cora)
                restore()
                lead.unlink()

    def test_who_is_full_keeps_what_they_have(self):
        self.env["crm.lead.assignee"].create({"user_id": self.anna.id, "capacity": 1})
        lead = self._create_zephyr(user_id=self.anna.id)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_owners_are_given_no_more_than_they_may_have(self):
        self.env["crm.lead.assignee"].create({"user_id": self.anna.id, "capacity": 2})
        leads = self._create_leads(
            4, partner_name="Zephyr Turbines", website="zephyr-turbines.example"
        )
        leads.run_assignment_rules()
        self.assertEqual(
            [lead.user_id.name for lead in leads], ["Anna", "Anna", "Cora", "Cora"]
        )

    def test_next_match_decides_before_the_fallback(self):
        self.bert.active = False
        self._create_leads(email_from="jo@z.example", user_id=self.bert.id)
        self.known.known_fallback = "leader"
        lead = self._create_zephyr(email_from="jo@z.example")
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_leader_gets_it(self):
        self.known.known_fallback = "leader"
        self.anna.action_archive()
        lead = self._create_zephyr()
        self.assertIn("Bert, who leads the team", self._explain(lead))
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
        self.assertIn("can't take it: archived", lead.message_ids[0].body)
        self.bert.out_of_office_from = fields.Datetime.now() - timedelta(days=1)
        lead = self._create_zephyr()
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)

    def test_queue_gets_it(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Turbines", "member_user_ids": self.bert.ids, "notify": "none"}
        )
        with self.assertRaisesRegex(ValidationError, "Choose the queue"):
            self.known.known_fallback = "queue"
        self.known.write({"known_fallback": "queue", "queue_id": queue.id})
        with self.assertRaisesRegex(UserError, "Assignment Rule Entry"):
            queue.unlink()
        self.anna.active = False
        lead = self._create_zephyr()
        self.assertIn("Turbines, as the owner", self._explain(lead))
        lead.run_assignment_rules()
        self.assertEqual(lead.queue_id, queue)
        self.assertFalse(lead.user_id)
        lead.unlink()
        queue.active = False
        lead = self._create_zephyr()
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)

    def test_nobody_is_the_salesperson(self):
        self.account.user_id = False
        lead = self._create_zephyr()
        self.known.known_fallback = "leader"
        self.assertIn("nobody is its salesperson", self._explain(lead))
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.cora)

    def test_owner_is_kept(self):
        self.known.keep_owner = True
        lead = self._create_zephyr(user_id=self.bert.id)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)

    @users("user_sales_leads")
    def test_salesperson_runs_the_rules(self):
        """Whoever runs them, all accounts count, also those they may not read."""
        self.account.company_id = self.company_elsewhere
        lead = self._create_zephyr().with_env(self.env)
        self.assertFalse(self.account.with_env(self.env)._filtered_access("read"))
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)
        body = lead.message_ids[0].body
        self.assertIn("a matching account", body)
        self.assertNotIn("GmbH", body)
        self.assertNotIn("Zephyr", body)


@tagged("post_install", "-at_install", "lead_assignment")
class TestKnownWords(TestKnownCommon):
    """The chatter and the tester say why, and name only what one may read."""

    def test_chatter_says_the_entry_the_match_the_score_and_the_reasons(self):
        lead = self._create_zephyr()
        lead.run_assignment_rules()
        body = lead.message_ids[0].body
        self.assertRegex(body, "Anna.*“Known”.*“Everywhere”")
        self.assertIn("a matching account", body)
        self.assertIn(f'data-oe-id="{self.account.id}"', body)
        self.assertRegex(body, r"\d+%: .*same website")
        self.assertNotIn(self.account.name, body)

    def test_tester_says_the_match_the_score_and_the_reasons(self):
        lead = self._create_zephyr()
        explained = self._explain(lead)
        self.assertRegex(
            explained,
            r"Anna, the owner of the account “Zephyr Turbines GmbH” \(\d+%: .*website",
        )
        self.assertFalse(lead.user_id)

    def test_decision_names_the_match_to_those_who_may_read_it(self):
        lead = self._create_zephyr()
        noted = {}

        def note(leads, kind, decisions):
            noted.update({(lead.id, kind): one for lead, one in decisions.items()})

        with patch.object(self.registry["crm.lead"], "_note_decisions", note):
            lead.run_assignment_rules()
        decision = noted[lead.id, "owner"]
        self.assertEqual((decision.code, decision.rule), ("known", self.known))
        told = ("owner", "known", decision.told)
        lead = lead.with_user(self.user_sales_manager)
        self.assertRegex(lead._tell_decision(*told), r"“Zephyr.*a match of \d+%")
        self.account.company_id = self.company_elsewhere
        self.assertNotIn("Zephyr", lead._tell_decision(*told))

    def test_tester_says_that_nothing_matches(self):
        lead = self._create_leads(partner_name="Nobody Knows Them")
        self.assertIn("Nothing it looks for matches", self._explain(lead))

    def test_tester_names_no_account_of_another_company(self):
        self.account.company_id = self.company_elsewhere
        lead = self._create_zephyr()
        explained = self._explain(lead)
        self.assertIn("an account that you cannot open", explained)
        self.assertNotIn("GmbH", explained)
        self.account.user_id = False
        explained = self._explain(lead)
        self.assertIn("an account that you cannot open", explained)
        self.assertNotIn("GmbH", explained)

    def test_tester_names_no_lead_of_another_company(self):
        elsewhere = self.company_elsewhere
        self.anna.company_ids += elsewhere
        secret = self._create_leads(
            name="Secret", email_from="jo@z.example", user_id=self.anna.id
        )
        secret.company_id = elsewhere
        lead = self._create_leads(email_from="jo@z.example")
        self.assertIn("an open lead that you cannot open", self._explain(lead))
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)
        self.assertNotIn("Secret", lead.message_ids[0].body)


@tagged("post_install", "-at_install", "lead_assignment", "lead_long")
class TestKnownBatch(TestKnownCommon):
    """What becomes of a lead doesn't depend on the batch."""

    def test_person_who_comes_twice_in_a_batch(self):
        self.rest.write({"target": "rotation", "user_ids": (self.bert + self.cora).ids})
        leads = self._create_leads(4, email_from="jo@z.example")
        leads.run_assignment_rules()
        self.assertEqual(len(leads.user_id), 1)

    def test_batch_equals_one_by_one(self):
        everybody = self.anna + self.bert + self.cora
        queue = self.env["crm.lead.queue"].create(
            {"name": "Rest", "member_user_ids": self.bert.ids, "notify": "none"}
        )
        self._create_entry("Munich", [("city", "=", "Munich")], user=self.bert)
        # No turns: within a second, those are told apart in a batch alone.
        self.env["crm.lead.assignee"].create(
            [
                {"user_id": self.anna.id, "capacity": 5},
                {"user_id": self.bert.id, "capacity": 4},
            ]
        )
        for seed in range(12):
            rng = random.Random(seed)
            self.known.write(
                {
                    "known_order": rng.choice(
                        ["person", "account", "only_person", "only_account"]
                    ),
                    "known_score": rng.choice(["sure", "likely"]),
                    "known_fallback": rng.choice(["next", "leader", "queue"]),
                    "queue_id": queue.id,
                    "sequence": rng.choice([0, 50]),
                }
            )
            self.rest.sequence = 100
            self.rule.invalidate_recordset(["entry_ids"])  # in the new order
            values_list = [
                {
                    "email_from": rng.choice(
                        [False, "a@z.example", "b@z.example", "b+x@z.example"]
                    ),
                    "phone": rng.choice([False, "+49 30 901820", "+49 30 901821"]),
                    "contact_name": rng.choice([False, "Jo Doe", "Al Roe"]),
                    "partner_name": rng.choice([False, "Zephyr Turbines"]),
                    "city": rng.choice(["Munich", "Bonn"]),
                    "user_id": rng.choice([False, False, *everybody.ids]),
                }
                for _number in range(rng.choice([5, 14]))
            ]
            with self.subTest(seed=seed):
                self.assertEqual(
                    self._run_and_undo(values_list, together=True),
                    self._run_and_undo(values_list, together=False),
                )

    def _run_and_undo(self, values_list, together):
        """Return who got which lead."""
        outcome = []
        with self.env.cr.savepoint() as savepoint:
            leads = self.env["crm.lead"].browse(
                self._create_leads(**values).id for values in values_list
            )
            self.env.flush_all()
            for part in [leads] if together else leads:
                part.run_assignment_rules()
            outcome = [
                (lead.user_id.name, lead.queue_id.name, lead.assignment_entry_id.name)
                for lead in leads
            ]
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        return outcome

    def test_number_of_queries_does_not_depend_on_the_leads(self):
        counts = []
        for count in (20, 90):
            leads = self.env["crm.lead"].browse(
                self._create_leads(
                    partner_name=f"Zephyr Turbines {number % 7}",
                    website="zephyr-turbines.example",
                    email_from=f"person{number}@zephyr-turbines.example",
                    phone=f"+49 30 9018{number:02}",
                ).id
                for number in range(count)
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.run_assignment_rules()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(all(lead.user_id == self.anna for lead in leads))
            leads.unlink()
        self.assertLessEqual(counts[1], counts[0] + 5)


@tagged("post_install", "-at_install", "lead_assignment")
class TestShippedRule(TestKnownCommon):
    """Each company begins with a rule to look at."""

    def test_new_company_has_an_archived_rule(self):
        company = self.env["res.company"].create({"name": "Newcomers"})
        rules = self.env["crm.lead.assignment.rule"].with_context(active_test=False)
        rule = rules.search([("company_id", "=", company.id)])
        self.assertEqual(len(rule), 1)
        self.assertFalse(rule.active)
        self.assertEqual(rule.entry_ids.target, "known")
        self.assertTrue(rule.entry_ids.note)
        self.assertFalse(rule.warning)

    def test_company_with_a_rule_gets_no_other(self):
        company = self.env["res.company"].create({"name": "Newcomers"})
        rules = self.env["crm.lead.assignment.rule"].with_context(active_test=False)
        self.assertFalse(rules._ship_for(company))
        self.assertEqual(rules.search_count([("company_id", "=", company.id)]), 1)
        rules.search([("company_id", "=", company.id)]).unlink()
        self.assertEqual(len(rules._ship_for(company)), 1)
