from lxml import etree
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from ..models.crm_lead.bant import QUESTIONS
from .common import TestLeadManagementCommon

ALL_YES = dict.fromkeys(QUESTIONS, "yes")


class TestLeadBantCommon(TestLeadManagementCommon):
    @classmethod
    def _set_settings(cls, **values):
        cls.env["res.config.settings"].create(values).execute()

    def _create_leads(self, *vals_list):
        return self.env["crm.lead"].create(
            [{"name": "Asked", "type": "lead", **vals} for vals in vals_list]
        )


@tagged("post_install", "-at_install", "lead_bant")
class TestBantScore(TestLeadBantCommon):
    @users("user_sales_salesman")
    def test_score_adds_up_what_is_confirmed(self):
        cases = [
            (0, {}),
            (0, dict.fromkeys(QUESTIONS, "no")),
            (20, {"bant_need": "yes"}),
            (10, {"bant_budget": "partly"}),
            (50, {"bant_need": "yes", "bant_contact": "yes", "bant_timing": "partly"}),
            (50, dict.fromkeys(QUESTIONS, "partly")),
            (100, ALL_YES),
        ]
        leads = self._create_leads(*(answers for _score, answers in cases))
        self.assertEqual(leads.mapped("bant_score"), [score for score, _a in cases])

    @users("user_sales_salesman")
    def test_score_moves_as_the_form_is_filled_in(self):
        with Form(self.lead_own.with_env(self.env)) as form:
            form.bant_contact = "yes"
            self.assertEqual(form.bant_score, 20)
            form.bant_need = "partly"
            self.assertEqual(form.bant_score, 30)
            self.assertFalse(form.is_qualified)
            form.bant_budget = "yes"
            form.bant_authority = "partly"
            self.assertTrue(form.is_qualified)

    @users("user_sales_salesman")
    def test_empty_answer_is_unknown(self):
        lead = self._create_leads({"bant_need": False, "bant_contact": ""})
        self.assertEqual((lead.bant_need, lead.bant_contact), ("unknown", "unknown"))
        lead.bant_need = False
        self.assertEqual(lead.bant_need, "unknown")

    @users("user_sales_salesman")
    def test_copy_starts_unqualified(self):
        lead = self._create_leads({**ALL_YES, "bant_need_note": "Chairs"})
        copy = lead.copy()
        self.assertEqual(copy.bant_score, 0)
        self.assertFalse(copy.bant_need_note)

    @users("user_sales_salesman")
    def test_change_of_score_is_noted_in_the_chatter(self):
        lead = self.lead_own.with_env(self.env)
        self.flush_tracking()
        lead.write({"bant_need": "yes", "bant_timing": "yes"})
        self.flush_tracking()
        tracked = lead.message_ids[0].sudo().tracking_value_ids
        self.assertEqual(tracked.field_id.name, "bant_score")
        self.assertEqual(
            (tracked.old_value_integer, tracked.new_value_integer), (0, 40)
        )

    def test_negative_budget_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.lead_own.bant_budget_amount = -1
            self.lead_own.flush_recordset()

    def test_scores_of_a_batch_take_no_query_per_lead(self):
        leads = self._create_leads(*({} for _n in range(100)))
        self.env.flush_all()
        leads._get_bant_weights()
        with self.assertQueryCount(0):
            leads._compute_bant_score()


@tagged("post_install", "-at_install", "lead_bant")
class TestBantSettings(TestLeadBantCommon):
    def test_weights_move_the_scores_of_all_leads(self):
        need, _all_partly, none = leads = self._create_leads(
            {"bant_need": "yes"}, dict.fromkeys(QUESTIONS, "partly"), {}
        )
        none.action_archive()
        self._set_settings(lead_bant_weight_need=70, lead_bant_weight_contact=0)
        self.assertEqual(leads.mapped("bant_score"), [54, 50, 0])
        self.assertEqual(need.read(["bant_score"])[0]["bant_score"], 54)
        scores = leads.mapped("bant_score")
        leads._compute_bant_score()
        self.assertEqual(leads.mapped("bant_score"), scores)

    def test_statement_and_field_compute_the_same(self):
        answers = ("unknown", "no", "partly", "yes")
        leads = self._create_leads(
            *(
                {
                    question: answers[(number * step) % 4]
                    for step, question in enumerate(QUESTIONS, start=1)
                }
                for number in range(16)
            ),
            *({question: "partly"} for question in QUESTIONS),
        )
        self._set_settings(
            lead_bant_weight_contact=7,
            lead_bant_weight_need=13,
            lead_bant_weight_budget=1,
            lead_bant_weight_authority=0,
            lead_bant_weight_timing=31,
        )
        by_statement = leads.mapped("bant_score")
        leads._compute_bant_score()
        self.assertEqual(leads.mapped("bant_score"), by_statement)
        self.assertGreater(len(set(by_statement)), 3)

    def test_weight_of_nothing_is_kept(self):
        self._set_settings(lead_bant_weight_contact=0, lead_bant_threshold=0)
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.lead_bant_weight_contact, 0)
        self.assertEqual(settings.lead_bant_threshold, 0)
        self.assertEqual(settings.lead_bant_weight_need, 20)

    def test_senseless_settings_are_refused(self):
        weights = [f"lead_bant_weight_{name[5:]}" for name in QUESTIONS]
        for values in (
            {"lead_bant_weight_need": -1},
            dict.fromkeys(weights, 0),
            {"lead_bant_threshold": 101},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._set_settings(**values)

    @users("user_sales_manager")
    def test_threshold_makes_leads_qualified(self):
        sixty, forty = leads = self._create_leads(
            {**ALL_YES, "bant_need": "no", "bant_timing": "no"},
            {"bant_need": "yes", "bant_timing": "yes"},
        )
        found = [("id", "in", leads.ids), ("is_qualified", "=", True)]
        self.assertEqual(leads.search(found), sixty)
        self.assertEqual(leads.search(["!", *found[1:], *found[:1]]), forty)
        self._set_settings(lead_bant_threshold=40)
        leads.invalidate_recordset()
        self.assertEqual(leads.filtered("is_qualified"), leads)
        self.assertEqual(leads.search_count(found), 2)


@tagged("post_install", "-at_install", "lead_bant")
class TestBantGate(TestLeadBantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_settings(lead_bant_gate=True)

    def _convert(self, lead):
        lead.convert_opportunity(self.env["res.partner"])

    @users("user_sales_salesman")
    def test_salesman_is_told_what_is_missing(self):
        lead = self.lead_own.with_env(self.env)
        lead.write({"bant_need": "yes", "bant_budget": "no"})
        with self.assertRaises(UserError) as caught:
            self._convert(lead)
        message = str(caught.exception)
        self.assertIn(lead.name, message)
        self.assertIn("score 20 of the 60 needed", message)
        self.assertIn("Budget (no)", message)
        self.assertIn("Timing (unknown)", message)
        self.assertNotIn("Need", message)

    @users("user_sales_salesman")
    def test_salesman_converts_a_qualified_lead(self):
        lead = self.lead_own.with_env(self.env)
        lead.write(ALL_YES)
        before = lead.message_ids
        self._convert(lead)
        self.assertEqual(lead.type, "opportunity")
        self.assertFalse(
            (lead.message_ids - before).filtered(lambda m: "Converted" in m.body)
        )

    @users("user_sales_salesman")
    def test_every_door_is_gated(self):
        lead = self.lead_own.with_env(self.env)
        context = {"active_model": "crm.lead", "active_id": lead.id}
        doors = {
            "type": lambda: lead.write({"type": "opportunity"}),
            "wizard": lambda: (
                self.env["crm.lead2opportunity.partner"]
                .with_context(active_ids=lead.ids, **context)
                .create({"name": "convert", "action": "create"})
                .action_apply()
            ),
            "mass wizard": lambda: (
                self.env["crm.lead2opportunity.partner.mass"]
                .with_context(active_ids=lead.ids, **context)
                .create({"deduplicate": False})
                .action_mass_convert()
            ),
        }
        for name, door in doors.items():
            with self.subTest(door=name), self.assertRaises(UserError) as caught:
                door()
            self.assertIn("Not qualified yet", str(caught.exception))

    @users("user_sales_salesman")
    def test_answers_of_the_same_write_count(self):
        lead = self.lead_own.with_env(self.env)
        lead.write({"type": "opportunity", **ALL_YES})
        self.assertEqual(lead.type, "opportunity")

    @users("user_sales_manager")
    def test_manager_passes_and_the_chatter_says_so(self):
        leads = self._create_leads({"bant_need": "yes"}, {}, ALL_YES)
        leads.write({"type": "opportunity"})
        notes = [
            lead.message_ids.filtered(lambda m: "without being qualified" in m.body)
            for lead in leads
        ]
        self.assertEqual([len(note) for note in notes], [1, 1, 0])
        self.assertIn("score 20 of the 60 needed", notes[0].body)
        self.assertEqual(notes[0].author_id, self.env.user.partner_id)

    def test_superuser_passes_and_the_chatter_says_so(self):
        self.lead_own.write({"type": "opportunity"})
        self.assertIn("without being qualified", self.lead_own.message_ids[0].body)

    @users("user_sales_salesman")
    def test_new_opportunity_needs_no_score(self):
        opportunity = self._create_leads({"type": "opportunity"})
        opportunity.write({"type": "opportunity", "name": "Still fine"})
        self.assertEqual(opportunity.type, "opportunity")

    @users("user_sales_salesman")
    def test_open_gate_lets_everything_pass(self):
        self._set_settings(lead_bant_gate=False)
        lead = self.lead_own.with_env(self.env)
        self._convert(lead)
        self.assertEqual(lead.type, "opportunity")

    @users("user_sales_salesman")
    def test_answers_survive_the_conversion(self):
        lead = self.lead_own.with_env(self.env)
        lead.write({**ALL_YES, "bant_need_note": "Chairs"})
        self._convert(lead)
        self.assertEqual((lead.bant_score, lead.bant_need_note), (100, "Chairs"))

    def test_opportunity_shows_them_read_only(self):
        arch = etree.fromstring(
            self.env["crm.lead"].get_view(
                self.env.ref("crm.crm_lead_view_form").id, "form"
            )["arch"]
        )
        page = arch.find(".//page[@name='qualification_opportunity']")
        self.assertEqual(page.get("invisible"), "type == 'lead'")
        shown = page.findall(".//field")
        self.assertLessEqual({*QUESTIONS}, {field.get("name") for field in shown})
        self.assertFalse([field for field in shown if field.get("readonly") != "1"])


@tagged("post_install", "-at_install", "lead_bant")
class TestBantMerge(TestLeadBantCommon):
    @users("user_sales_manager")
    def test_best_answer_wins_with_its_own_evidence(self):
        leads = self._create_leads(
            {
                "bant_budget": "partly",
                "bant_budget_amount": 99000,
                "bant_budget_note": "Hoped for",
                "bant_need": "yes",
                "bant_need_note": "Chairs",
            },
            {
                "bant_budget": "yes",
                "bant_budget_amount": 5000,
                "bant_timing": "partly",
                "bant_timing_horizon": "quarter",
                "bant_authority": "no",
            },
        )
        merged = leads.merge_opportunity()
        self.assertEqual(merged.bant_budget, "yes")
        self.assertEqual(merged.bant_budget_amount, 5000)
        self.assertFalse(merged.bant_budget_note)
        self.assertEqual((merged.bant_need, merged.bant_need_note), ("yes", "Chairs"))
        self.assertEqual(merged.bant_timing_horizon, "quarter")
        self.assertEqual(merged.bant_authority, "no")
        self.assertEqual(merged.bant_score, 50)

    @users("user_sales_manager")
    def test_of_equal_answers_the_one_with_evidence_wins(self):
        leads = self._create_leads(
            {"bant_contact": "yes"},
            {"bant_contact": "yes", "bant_contact_note": "Called"},
        )
        self.assertEqual(leads.merge_opportunity().bant_contact_note, "Called")


@tagged("post_install", "-at_install", "lead_bant")
class TestBantRights(TestLeadBantCommon):
    @users("user_sales_salesman")
    def test_salesman_answers_on_leads_he_may_write(self):
        self.lead_own.with_env(self.env).bant_need = "yes"
        foreign = self._create_lead(self.user_sales_leads).with_env(self.env)
        with self.assertRaises(AccessError):
            foreign.bant_need = "yes"

    def test_page_reads_no_more_than_the_lead(self):
        lead = self._create_leads(ALL_YES)
        self.env.flush_all()
        names = ["stars", "stars_manual", *QUESTIONS]
        names += [name for evidence in QUESTIONS.values() for name in evidence]
        specification = {name: {} for name in (*names, "bant_score", "is_qualified")}

        def count_queries(**specification):
            lead.invalidate_recordset()
            before = self.env.cr.sql_log_count
            lead.web_read(specification)
            return self.env.cr.sql_log_count - before

        native = {"name": {}, "expected_revenue": {}}
        count_queries(**native, **specification)
        self.assertEqual(
            count_queries(**native, **specification), count_queries(**native)
        )
