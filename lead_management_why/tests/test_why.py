from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from odoo.addons.lead_management.models.lead_decision_mixin import Decision
from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_why")
class TestWhy(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.star.rule"].search([]).active = False
        cls.germany = cls.env.ref("base.de")
        cls.rule = cls.env["crm.lead.star.rule"].create(
            {
                "name": "Germans",
                "domain": f"[('country_id', '=', {cls.germany.id})]",
                "stars": "4",
            }
        )

    def get_why(self, lead, user=None):
        found = lead.with_user(user or self.user_sales_salesman).get_why()
        return {one["kind"]: one for one in found}

    def save_noted(self):
        self.env["crm.lead.decision"].sudo()._save_noted()

    def count_stars(self, leads):
        return self.env["crm.lead.decision"].search_count(
            [("lead_id", "in", leads.ids), ("kind", "=", "stars")]
        )

    def create_german(self):
        return self._create_lead(self.user_sales_salesman, country_id=self.germany.id)

    # -- stars -----------------------------------------------------------------

    def test_rule_is_told_with_the_values_it_decided_on(self):
        stars = self.get_why(self.create_german())["stars"]
        self.assertEqual(stars["value"], "4 stars")
        self.assertEqual(stars["then"]["rule"]["name"], "Germans")
        self.assertEqual(
            stars["then"]["values"], [{"label": "Country", "value": "Germany"}]
        )
        self.assertEqual(stars["again"]["rule"]["name"], "Germans")
        self.assertFalse(stars["again"]["differs"])

    def test_what_decided_then_is_not_what_would_decide_now(self):
        lead = self.create_german()
        self.save_noted()
        self.env.cr.execute(
            """
            UPDATE crm_lead_decision
               SET rule_version = rule_version - interval '1 day'
             WHERE lead_id = %s
            """,
            [lead.id],
        )
        self.env.invalidate_all()
        self.rule.write({"stars": "2", "name": "Neighbours"})
        stars = self.get_why(lead)["stars"]
        self.assertEqual(stars["value"], "4 stars")
        self.assertIn("was changed on", stars["then"]["rule"]["note"])
        self.assertTrue(stars["again"]["differs"])
        self.assertEqual(stars["again"]["value"], "2 stars")
        self.rule.unlink()
        stars = self.get_why(lead)["stars"]
        self.assertIn("deleted", stars["then"]["rule"]["name"])
        self.assertEqual(stars["again"]["value"], "No stars")

    def test_asking_changes_nothing(self):
        lead = self.create_german()
        self.rule.stars = "1"
        self.env.flush_all()
        before = lead.read(["stars", "write_date", "status_id"])
        self.get_why(lead)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(lead.read(["stars", "write_date", "status_id"]), before)

    def test_what_people_choose_is_no_decision(self):
        lead = self.create_german()
        self.save_noted()
        decisions = self.env["crm.lead.decision"].search([("lead_id", "=", lead.id)])
        lead.with_user(self.user_sales_salesman).write(
            {"stars": "1", "status_id": self.status_in_process.id}
        )
        self.save_noted()
        self.assertEqual(
            self.env["crm.lead.decision"].search([("lead_id", "=", lead.id)]), decisions
        )
        stars = self.get_why(lead)["stars"]
        self.assertFalse(stars["again"])
        self.assertIn("4 stars", stars["then"]["changed"])
        self.assertFalse(self.get_why(self.create_german())["stars"]["then"]["changed"])

    def test_only_who_changes_rules_gets_the_way_to_them(self):
        lead = self.create_german()
        self.assertFalse(self.get_why(lead)["stars"]["then"]["rule"]["id"])
        rule = self.get_why(lead, self.user_sales_manager)["stars"]["then"]["rule"]
        self.assertEqual((rule["model"], rule["id"]), (self.rule._name, self.rule.id))

    def test_names_of_hidden_records_are_not_told(self):
        tag = self.env["crm.tag"].create({"name": "Takeover of Hooli"})
        self.rule.domain = f"[('tag_ids', 'in', {tag.ids})]"
        lead = self._create_lead(self.user_sales_salesman, tag_ids=tag.ids)
        self.assertIn("Takeover", str(self.get_why(lead)))
        self.env["ir.rule"].create(
            {
                "name": "Secret",
                "model_id": self.env["ir.model"]._get_id("crm.tag"),
                "domain_force": f"[('id', '!=', {tag.id})]",
            }
        )
        told = self.get_why(lead)["stars"]
        self.assertNotIn("Takeover", str(told))
        self.assertEqual(told["then"]["values"][0]["value"], "…")

    def test_values_are_for_those_who_may_read_the_fields(self):
        self.create_german()
        self.save_noted()
        decision = self.env["crm.lead.decision"].search([], limit=1)
        self.assertTrue(decision.facts)
        with self.assertRaises(AccessError):
            decision.with_user(self.user_sales_manager).read(["facts"])

    def test_rule_that_the_writer_may_not_read_decides_too(self):
        self.rule.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        lead = self.lead_own.with_user(self.user_sales_salesman)
        rule = self.rule.with_user(self.user_sales_salesman)
        self.env.invalidate_all()
        lead._note_decisions("stars", {lead: Decision("rule", rule)})
        told = self.get_why(lead)["stars"]["then"]["rule"]
        self.assertEqual(told["name"], "A rule that you can't open")

    # -- status and owner ------------------------------------------------------

    def test_each_way_a_status_follows_is_told(self):
        lead = self.lead_own

        def last():
            return self.get_why(lead, self.user_sales_manager)["status"]["then"]["text"]

        lead.user_id = False
        lead.user_id = self.user_sales_salesman
        self.assertIn("another owner", last())
        lead.with_user(self.user_sales_salesman).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertIn("Work began", last())
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertIn("declared dead", last())
        lead.action_unarchive()
        self.assertIn("no longer dead", last())
        lead.with_user(self.user_sales_salesman).status_id = self.status_recycled
        lead.recycle_date = fields.Date.today() - timedelta(days=2)
        with self.enter_registry_test_mode():
            cron = self.env.ref("lead_management.ir_cron_reopen_recycled_leads")
            cron.method_direct_trigger()
        self.assertIn("its day came", last())
        result = lead.convert_lead()
        self.assertIn("was converted", last())
        conversion = self.env["crm.lead.conversion"].browse(result[0]["conversion_id"])
        conversion.action_undo()
        self.assertIn("undone", last())

    def test_who_had_a_lead_and_left_is_told(self):
        lead = self._create_lead(self.user_sales_leads, team_id=self.sales_team_1.id)
        self.user_sales_leads.active = False
        lead._replace_gone_owners()
        owner = self.get_why(lead, self.user_sales_manager)["owner"]
        self.assertEqual(owner["value"], "Mona Manager")
        self.assertIn("was archived", owner["then"]["text"])

    # -- what is told anew -----------------------------------------------------

    def test_score_is_told_by_its_parts(self):
        self.lead_own.write({"bant_need": "yes", "bant_budget": "partly"})
        score = self.get_why(self.lead_own)["score"]
        self.assertEqual(score["value"], "30")
        other = self._create_lead(self.user_sales_salesman)
        self.assertEqual(self.get_why(other)["score"]["value"], "0")
        self.assertIn("Need: yes, 20 of 20 points", score["again"]["text"])
        self.assertIn("Budget: partly, 10 of 20 points", score["again"]["text"])

    def test_possible_account_is_told_with_its_reasons(self):
        self.env["res.partner"].create({"name": "Hooli XYZ Inc.", "is_company": True})
        lead = self._create_lead(self.user_sales_salesman, partner_name="Hooli XYZ")
        match = self.get_why(lead)["match"]
        self.assertIn("Hooli XYZ Inc.", match["again"]["text"])
        self.assertIn("%: ", match["again"]["text"])

    # -- what is kept ----------------------------------------------------------

    def test_others_leads_are_not_told_about(self):
        lead = self._create_lead(self.user_sales_leads, country_id=self.germany.id)
        with self.assertRaises(AccessError):
            self.get_why(lead)
        self.save_noted()
        found = self.env["crm.lead.decision"].with_user(self.user_sales_salesman)
        self.assertFalse(found.search([("lead_id", "=", lead.id)]))

    @users("user_sales_manager")
    def test_nobody_writes_decisions(self):
        self.env["crm.lead"].create({"name": "X", "country_id": self.germany.id})
        self.save_noted()
        decision = self.env["crm.lead.decision"].search([], limit=1)
        self.assertEqual(decision.action_open()["res_id"], decision.lead_id.id)
        with self.assertRaises(AccessError):
            decision.write({"code": "none"})
        with self.assertRaises(AccessError):
            decision.create({"lead_id": self.lead_own.id, "kind": "stars", "code": "x"})

    def test_old_ones_go(self):
        lead = self.create_german()
        decisions = self.env["crm.lead.decision"]
        self.env["ir.config_parameter"].set_param("lead_management.why_days", "10")
        self.save_noted()
        kept = decisions.search([("lead_id", "=", lead.id)])
        decisions._gc_decisions()
        self.assertTrue(kept.exists())
        self.env.cr.execute(
            "UPDATE crm_lead_decision SET create_date = create_date - interval '11 day'"
            " WHERE id IN %s",
            [tuple(kept.ids)],
        )
        self.env.invalidate_all()
        decisions._gc_decisions()
        self.assertFalse(kept.exists())
        self.assertFalse(self.get_why(lead)["stars"]["then"])

    def test_a_lead_that_is_deleted_at_once_leaves_nothing(self):
        lead, other = self.create_german(), self.create_german()
        lead.unlink()
        self.env.cr.flush()
        found = self.env["crm.lead.decision"].search([], limit=1)
        self.assertEqual(found.lead_id, other)

    def test_noting_costs_no_query_a_lead(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"L{n}", "type": "lead"} for n in range(60)]
        )
        decision = Decision("rule", self.rule, ("country_id", "tag_ids"))

        def note(noted):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            noted._note_decisions("stars", dict.fromkeys(noted, decision))
            self.save_noted()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        note(leads)
        self.assertEqual(note(leads), note(leads[:2]))
        self.assertEqual(self.count_stars(leads), 60 + 60 + 2)

    def test_what_is_undone_was_not_decided(self):
        lead = self.lead_own
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            lead.country_id = self.germany
            self.assertEqual(lead.stars, "4")
            self.create_german()
            raise ZeroDivisionError
        self.save_noted()
        self.assertFalse(self.count_stars(lead))
        lead.country_id = self.germany
        self.env.cr.flush()
        lead.country_id = False
        self.env.cr.flush()
        self.assertEqual(self.count_stars(lead), 2)
