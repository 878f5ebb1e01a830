from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.crm_lead_assignment_simulation.offers import Offers
from .common_simulation import SimulationCase


@tagged("post_install", "-at_install", "lead_simulator")
class TestSimulation(SimulationCase):
    """A draft is tried on the leads of late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.in_bonn = cls._create_leads(4, city="Bonn")
        cls.in_ulm = cls._create_leads(6, city="Ulm")

    def _rewrite(self, leads, **columns):
        """Change leads behind everybody's back."""
        self.env.flush_all()
        for name, value in columns.items():
            self.env.cr.execute(
                f"UPDATE crm_lead SET {name} = %s WHERE id = ANY(%s)",
                [value, leads.ids],
            )
        self.env.invalidate_all()

    def test_who_would_have_got_what_before_and_after(self):
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        draft.write(
            {
                "entry_ids": [
                    Command.create(
                        {
                            "name": "Ulm",
                            "sequence": 1,
                            "domain": "[('city', '=', 'Ulm')]",
                            "user_id": self.cora.id,
                        }
                    )
                ]
            }
        )
        before = self.env.cr.now()
        simulation = self._simulate(draft)
        self.assertTrue(simulation.is_done)
        self.assertEqual(
            self._get_counts(simulation.entry_line_ids),
            {
                "Ulm": (0, 6),
                "Bonn": (4, 4),
                "Rest": (6, 0),
                "No entry: nobody": (0, 0),
            },
        )
        self.assertEqual(
            self._get_counts(simulation.holder_line_ids),
            {"Anna": (4, 0), "Bert": (3, 4), "Cora": (3, 6), "Nobody": (0, 0)},
        )
        moves = simulation.env["crm.lead.assignment.simulation.move"].search(
            simulation.action_open_moves()["domain"]
        )
        self.assertEqual(len(moves), 7)
        self.assertEqual(moves.filtered("is_other_entry").lead_id, self.in_ulm[::2])
        of_bonn = moves.filtered(lambda move: move.lead_id in self.in_bonn)
        self.assertEqual(of_bonn.mapped("holder_before"), ["Anna"] * 4)
        self.assertEqual(of_bonn.mapped("holder_after"), ["Bert"] * 4)
        leads = self.in_bonn + self.in_ulm
        self.assertFalse(leads.user_id, "No lead is changed")
        self.assertTrue(all(lead.write_date <= before for lead in leads))

    def test_same_rule_moves_nothing(self):
        simulation = self._simulate(self._get_draft())
        self.assertEqual(simulation.moved_count, 0)
        self.assertIn("→", simulation.deviation)
        self.assertTrue(simulation.remark, "of the city, nothing is known")
        simulation.sudo().unknown_fields = []
        self.assertFalse(simulation.remark)

    def test_who_is_off_by_nothing_that_shows_is_nobody(self):
        simulation = self._simulate(self._get_draft())
        simulation.sudo().write(
            {
                "deviation_before": -0.04,
                "deviation_user_before_id": self.bert.id,
                "deviation_after": 1.2,
                "deviation_user_after_id": self.bert.id,
            }
        )
        simulation.invalidate_recordset(["deviation"])
        self.assertEqual(simulation.deviation, "nobody → Bert, 1.2 too many")
        self.assertFalse(any(simulation.line_ids.mapped("change")))

    def test_queues_and_nobody(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Hot", "member_user_ids": self.anna.ids, "notify": "none"}
        )
        draft = self._get_draft()
        draft.entry_ids[0].write({"target": "queue", "queue_id": queue.id})
        draft.entry_ids[1].unlink()
        simulation = self._simulate(draft)
        self.assertEqual(
            self._get_counts(simulation.entry_line_ids),
            {"Bonn": (4, 4), "Rest": (6, 0), "No entry: nobody": (0, 6)},
        )
        counts = self._get_counts(simulation.holder_line_ids)
        self.assertEqual(counts["Hot"], (0, 4))
        self.assertEqual(counts["Nobody"], (0, 6))
        self.assertEqual(sum(before for before, _after in counts.values()), 10)
        self.assertEqual(sum(after for _before, after in counts.values()), 10)

    def test_leads_are_as_they_came_in(self):
        """Mail has tracked what they had."""
        self._create_entry(
            "By mail", [("email_from", "ilike", "@bonn")], user=self.cora, sequence=-1
        )
        lead = self._create_leads(1, email_from="ada@bonn.example")
        self.flush_tracking()
        lead.email_from = "ada@ulm.example"
        self.flush_tracking()
        simulation = self._simulate(self._get_draft())
        counts = self._get_counts(simulation.entry_line_ids)
        self.assertEqual(counts["By mail"], (1, 1))
        self.assertEqual(lead.email_from, "ada@ulm.example")
        self.assertNotIn("Email", simulation.remark)

    def test_one_text_in_two_languages_is_two_filters(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.country_de.with_context(lang="de_DE").name = "Deutschland"
        leads = self._create_leads(2, country_id=self.country_de.id).sudo()
        entries = self.bonn + self.rest
        for entry, lang in zip(entries, ("en_US", "de_DE"), strict=True):
            in_lang = entry.with_context(lang=lang)
            in_lang.domain = "[('country_id', 'ilike', 'Deutschland')]"
        # Whoever makes the draft
        langs = self._get_draft().entry_ids.mapped("domain_lang")
        self.assertEqual(langs, ["en_US", "de_DE"])
        offers = Offers(leads)
        offers.go_back(entries)
        self.assertFalse(offers._match(self.bonn))
        self.assertEqual(offers._match(self.rest), leads)

    def test_it_says_of_which_fields_todays_values_count(self):
        simulation = self._simulate(self._get_draft())
        self.assertIn("City", simulation.remark)
        in_german = simulation.with_context(lang=self.env.lang)
        self.assertEqual(in_german.remark, simulation.remark)

    def test_owners_of_today_do_not_matter(self):
        self._create_entry("Mine", [("user_id", "!=", False)], user=self.cora)
        self.in_bonn.run_assignment_rules()
        simulation = self._simulate(self._get_draft())
        self.assertEqual(self._get_counts(simulation.holder_line_ids)["Anna"], (4, 4))

    def test_which_leads_come_in_again(self):
        old = self._create_leads(1, city="Bonn")
        self._rewrite(old, create_date=fields.Datetime.now() - timedelta(days=9))
        own = self._create_leads(1, city="Bonn", user_id=self.env.uid)
        lost = self._create_leads(1, city="Bonn")
        lost.action_set_lost(lost_reason_id=self.lost_reason.id)
        converted = self._create_leads(1, city="Bonn")
        converted.convert_opportunity(False, user_ids=self.anna.ids)
        born = self._create_leads(1, city="Bonn", type="opportunity")
        simulation = self._simulate(self._get_draft(), days=7)
        self.assertEqual(simulation.total, 12)
        arrived = self.env["crm.lead"].with_context(active_test=False)
        since = fields.Datetime.now() - timedelta(days=7)
        found = arrived.search(arrived._get_arrived_domain(since))
        self.assertTrue(lost + converted <= found)
        self.assertFalse((own + born + old) & found)

    def test_leads_of_companies_with_their_own_rule_are_left_out(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.in_bonn.company_id = company
        self.rule.create({"name": "Other's", "company_id": company.id})
        self.assertEqual(self._simulate(self._get_draft()).total, 6)

    def test_what_they_may_not_read_is_counted(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.anna.company_ids += company
        self.bert.company_ids += company
        self.in_bonn.company_id = company
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        simulation = self._simulate(draft)
        # Bert's turn of the rest comes later, too.
        self.assertEqual(simulation.moved_count, 10)
        self.assertEqual(simulation.hidden_count, 4)
        moves = simulation.env["crm.lead.assignment.simulation.move"].search([])
        self.assertFalse(moves.lead_id & self.in_bonn)

    def test_who_is_off_his_share_is_named_to_those_who_see_him(self):
        self._create_leads(1, city="Ulm")
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        simulation = self._simulate(draft)
        off = simulation.sudo().deviation_user_after_id
        self.assertIn(off.name, simulation.deviation)
        self.env["ir.rule"].create(
            {
                "name": "One is seen by nobody",
                "model_id": self.env["ir.model"]._get_id("res.users"),
                "domain_force": [("id", "!=", off.id)],
            }
        )
        self.env.invalidate_all()
        self.assertNotIn(off.name, simulation.deviation)

    def test_whom_customers_know(self):
        self.env["res.partner"].create(
            {
                "name": "Ada Sample",
                "email": "ada@zephyr.example",
                "user_id": self.anna.id,
            }
        )
        self._rewrite(self.in_ulm[0], email_normalized="ada@zephyr.example")
        draft = self._get_draft()
        draft.write(
            {
                "entry_ids": [
                    Command.create({"name": "Known", "sequence": 1, "target": "known"})
                ]
            }
        )
        simulation = self._simulate(draft)
        counts = self._get_counts(simulation.entry_line_ids)
        self.assertEqual(counts["Known"], (0, 1))

    def test_many_leads_are_tried_in_the_background(self):
        self.env["ir.config_parameter"].set_param("lead_management.bulk_at_once", 5)
        self.patch(self.registry["crm.lead.bulk.operation.simulate"], "_batch_size", 4)
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        simulation = self._simulate(draft)
        self.assertFalse(simulation.is_done)
        [progress] = simulation.get_progress()
        self.assertEqual((progress["done_count"], progress["total"]), (0, 10))
        with self.enter_registry_test_mode():
            self.env.ref(
                "lead_management_bulk.ir_cron_bulk_job"
            ).method_direct_trigger()
        simulation.invalidate_recordset()
        self.assertTrue(simulation.is_done)
        self.assertEqual(self._get_counts(simulation.entry_line_ids)["Bonn"], (4, 4))
        self.assertEqual(simulation.done_count, 10)
        parts = self.env["crm.lead.assignment.simulation.part"]
        self.assertFalse(parts.search([("simulation_id", "=", simulation.id)]))

    def test_more_leads_cost_no_more_queries(self):
        draft = self._get_draft()
        counts = []
        for count in (5, 60):
            self._create_leads(count, city="Ulm")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._simulate(draft)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5)

    def test_activating_from_the_result(self):
        draft = self._get_draft()
        simulation = self._simulate(draft)
        self.assertTrue(simulation.is_draft)
        simulation.action_activate()
        self.assertTrue(draft.active)
        self.assertFalse(simulation.is_draft)
        self.assertEqual(simulation.base_id, self.rule)

    def test_what_can_not_be_tried_is_said(self):
        draft = self._get_draft()
        simulation = self._simulate(draft)
        with self.assertRaisesRegex(UserError, "already"):
            simulation.action_run()
        for days in (0, -3, 100_000):
            with (
                self.assertRaisesRegex(ValidationError, "between 1 and 365"),
                self.env.cr.savepoint(),
            ):
                self._simulate(draft, days=days)
        self._rewrite(
            self.in_bonn + self.in_ulm,
            create_date=fields.Datetime.now() - timedelta(days=20),
        )
        with self.assertRaisesRegex(UserError, "more days"):
            self._simulate(draft, days=1)

    def test_nobody_else_sees_it(self):
        simulation = self._simulate(self._get_draft())
        with self.assertRaises(AccessError):
            simulation.with_user(self.user_sales_leads).read(["days"])
