import logging
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

from .common_rules import archive_rules

LEFT = "odoo.addons.lead_management_assignment.models.crm_lead.assignment_left"
DOMAIN_LOGGER = "odoo.addons.lead_management.models.lead_domain_mixin"


class TestAssignmentCommon(TestLeadManagementCommon):
    """A rule for leads of every company, and ways to give it entries and leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive_rules(cls.env)
        cls.rule = cls.env["crm.lead.assignment.rule"].create({"name": "Everywhere"})
        cls.country_de = cls.env.ref("base.de")
        cls.country_us = cls.env.ref("base.us")
        cls.anna, cls.bert, cls.cora = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": name,
                        "login": name.lower(),
                        "email": f"{name.lower()}@example.com",
                        "group_ids": cls.env.ref("sales_team.group_sale_salesman").ids,
                    }
                    for name in ("Anna", "Bert", "Cora")
                ]
            )
        )

    @classmethod
    def _create_entry(cls, name, domain=(), user=None, users=None, **values):
        """Add an entry at the end of the rule."""
        if user:
            values.update(target="user", user_id=user.id)
        if users:
            values.update(target="rotation", user_ids=users.ids)
        return cls.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": cls.rule.id,
                "sequence": 10 * len(cls.rule.entry_ids),
                "name": name,
                "domain": repr(list(domain)),
                **values,
            }
        )

    @classmethod
    def _create_leads(cls, count=1, **values):
        """Create leads that nobody owns."""
        return cls.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Lead {number}",
                    "user_id": False,
                    "team_id": False,
                    **values,
                }
                for number in range(count)
            ]
        )


@tagged("post_install", "-at_install", "lead_assignment")
class TestAssignmentRule(TestAssignmentCommon):
    def test_first_entry_that_matches_wins(self):
        german = [("country_id", "=", self.country_de.id)]
        berlin = self._create_entry(
            "Berlin", [*german, ("city", "=", "Berlin")], user=self.anna
        )
        germany = self._create_entry("Germany", german, user=self.bert)
        in_berlin = self._create_leads(2, country_id=self.country_de.id, city="Berlin")
        in_bonn = self._create_leads(1, country_id=self.country_de.id, city="Bonn")
        abroad = self._create_leads(1, country_id=self.country_us.id)
        result = (in_berlin + in_bonn + abroad).run_assignment_rules()
        self.assertEqual(
            result,
            {
                "assigned": 3,
                "unmatched": 1,
                "entries": {berlin.id: 2, germany.id: 1},
            },
        )
        self.assertEqual(in_berlin.user_id, self.anna)
        self.assertEqual(in_bonn.user_id, self.bert)
        self.assertFalse(abroad.user_id)
        self.assertEqual(in_berlin.status_id, self.status_assigned)

    def test_a_filter_means_the_same_in_every_language(self):
        """It was compared with what whoever caused it to be asked calls the country."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.country_de.with_context(lang="de_DE").name = "Deutschland"
        entry = self._create_entry("Germany", user=self.anna)
        german = entry.with_context(lang="de_DE")
        german.domain = "[('country_id', 'ilike', 'Deutschland')]"
        for lang in ("en_US", "de_DE"):
            lead = self._create_leads(country_id=self.country_de.id)
            lead.with_context(lang=lang).run_assignment_rules()
            self.assertEqual(lead.user_id, self.anna, lang)

    def test_turns_are_fair(self):
        self._create_entry("All", users=self.anna + self.bert + self.cora)
        leads = self._create_leads(5)
        leads.run_assignment_rules()
        self.assertEqual(leads.mapped("user_id.name"), ["Anna", "Bert", "Cora"])
        self.assertEqual(
            [lead.user_id.name for lead in leads],
            ["Anna", "Bert", "Cora", "Anna", "Bert"],
        )
        more = self._create_leads(2)
        more.run_assignment_rules()
        self.assertEqual([lead.user_id.name for lead in more], ["Cora", "Anna"])

    def test_tester_says_why_and_changes_nothing(self):
        self._create_entry(
            "Berlin",
            [("city", "=", "Berlin"), ("country_id", "=", self.country_de.id)],
            user=self.anna,
        )
        self._create_entry("Rest", users=self.bert)
        lead = self._create_leads(1, city="Bonn", country_id=self.country_de.id)
        test = self.env["crm.lead.assignment.test"].create({"lead_id": lead.id})
        self.assertIn("Not met: City is Berlin. The lead has: Bonn", test.result)
        self.assertIn("Bert, whose turn it is", test.result)
        self.assertFalse(lead.user_id)

    def test_queue_gets_leads_and_cannot_be_deleted(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Hot line", "member_user_ids": self.anna.ids, "notify": "none"}
        )
        self._create_entry("All", target="queue", queue_id=queue.id)
        lead = self._create_leads(1, user_id=self.bert.id)
        result = lead.run_assignment_rules()
        self.assertEqual(result["assigned"], 1)
        self.assertEqual(lead.queue_id, queue)
        self.assertFalse(lead.user_id)
        with self.assertRaisesRegex(UserError, "Hot line.*Entry"):
            queue.unlink()

    def test_whom_an_entry_names_cannot_be_deleted(self):
        """A team or a salesperson: said in words, not by the database."""
        team = self.env["crm.team"].create({"name": "Hot team"})
        user = self.anna.copy({"login": "hot_seller", "name": "Hot seller"})
        self._create_entry("Team", target="team", team_id=team.id)
        self._create_entry("Seller", user=user)
        for named in (team, user):
            with self.assertRaisesRegex(UserError, f"{named.name}.*entry.*archive"):
                named.unlink()
            entries = self.rule.entry_ids.filtered(
                lambda entry, named=named: named in (entry.team_id, entry.user_id)
            )
            entries.unlink()
            named.unlink()
            self.assertFalse(named.exists())

    def test_rule_of_another_company_is_not_named(self):
        team = self.env["crm.team"].create({"name": "Shared", "company_id": False})
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        rule = self.rule.create({"name": "Secret", "company_id": elsewhere.id})
        self._create_entry("Hidden", target="team", team_id=team.id).rule_id = rule
        with self.assertRaisesRegex(UserError, "may not open") as refusal:
            team.with_user(self.user_sales_manager).unlink()
        self.assertNotRegex(str(refusal.exception), "Secret|Hidden")

    def test_who_is_away_or_busy_is_passed_over(self):
        everybody = self.anna + self.bert + self.cora
        self._create_entry("All", users=everybody)
        assignees = self.env["crm.lead.assignee"]
        assignees.create({"user_id": self.anna.id, "away_until": "2999-12-31"})
        assignees.create({"user_id": self.bert.id, "capacity": 1})
        self._create_leads(1, user_id=self.bert.id)
        leads = self._create_leads(2)
        leads.run_assignment_rules()
        self.assertEqual(leads.user_id, self.cora)
        self.cora.active = False
        left = self._create_leads(1)
        result = left.run_assignment_rules()
        self.assertEqual(result["unmatched"], 1)
        self.assertFalse(left.user_id)

    def test_who_is_out_of_office_is_passed_over_until_they_are_back(self):
        self._create_entry("All", users=self.anna + self.bert)
        self.anna.out_of_office_from = fields.Datetime.now() - timedelta(days=1)
        leads = self._create_leads(2)
        leads.run_assignment_rules()
        self.assertEqual(leads.user_id, self.bert)
        self.anna.out_of_office_to = fields.Datetime.now() - timedelta(hours=1)
        lead = self._create_leads(1)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_who_is_on_time_off_is_passed_over(self):
        self._create_entry("All", users=self.anna + self.bert)
        resource = self.env["resource.resource"].create(
            {"name": "Anna", "user_id": self.anna.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Summer",
                "resource_id": resource.id,
                "date_from": fields.Datetime.now() - timedelta(days=1),
                "date_to": fields.Datetime.now() + timedelta(days=1),
            }
        )
        leads = self._create_leads(2)
        leads.run_assignment_rules()
        self.assertEqual(leads.user_id, self.bert)

    def test_lead_given_by_hand_counts_as_a_turn(self):
        self._create_entry("All", users=self.anna + self.bert)
        self._create_leads(1).user_id = self.anna
        lead = self._create_leads(1)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)

    def test_what_the_first_has_no_room_for_goes_to_the_next(self):
        first = self._create_entry("First", users=self.anna)
        second = self._create_entry("Second", user=self.bert)
        self.env["crm.lead.assignee"].create({"user_id": self.anna.id, "capacity": 2})
        leads = self._create_leads(5)
        result = leads.run_assignment_rules()
        self.assertEqual(result["entries"], {first.id: 2, second.id: 3})

    def test_team_members_get_leads_up_to_their_capacity(self):
        team = self.sales_team_1
        team.crm_team_member_ids.assignment_max = 0
        member = team.crm_team_member_ids[0]
        member.assignment_max = member.lead_month_count + 2
        self._create_entry("Team", target="team", team_id=team.id)
        leads = self._create_leads(3)
        result = leads.run_assignment_rules()
        self.assertEqual((result["assigned"], result["unmatched"]), (2, 1))
        taken = leads.filtered("user_id")
        self.assertEqual(taken.user_id, member.user_id)
        self.assertEqual(taken.team_id, team)

    def test_team_without_members_is_passed_over_with_a_warning(self):
        team = self.env["crm.team"].create({"name": "Nobody"})
        self._create_entry("Team", target="team", team_id=team.id)
        self._create_entry("Rest", user=self.bert)
        lead = self._create_leads(1)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
        self.assertIn("Nobody has no members", self.rule.warning)

    def test_archived_target_is_passed_over_with_a_warning(self):
        self._create_entry("Gone", user=self.anna)
        self._create_entry("Rest", user=self.bert)
        self.assertFalse(self.rule.warning)
        self.anna.active = False
        lead = self._create_leads(1)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
        self.rule.invalidate_recordset()
        self.assertIn("Gone", self.rule.warning)

    def test_owner_is_kept_when_the_entry_says_so(self):
        self._create_entry("All", user=self.anna, keep_owner=True)
        owned = self._create_leads(1, user_id=self.bert.id)
        free = self._create_leads(1)
        result = (owned + free).run_assignment_rules()
        self.assertEqual(result["assigned"], 2)
        self.assertEqual(owned.user_id, self.bert)
        self.assertEqual(free.user_id, self.anna)

    def test_default_owner_gets_what_no_entry_takes(self):
        self.env.company.lead_default_owner_id = self.cora
        free, owned = self._create_leads(1), self._create_leads(1, user_id=self.bert.id)
        result = (free + owned).run_assignment_rules()
        self.assertEqual(result, {"assigned": 0, "unmatched": 2, "entries": {}})
        self.assertEqual(free.user_id, self.cora)
        self.assertEqual(owned.user_id, self.bert)
        self.assertIn("the default owner", free.message_ids[0].body)

    def test_chatter_says_which_entry_and_whose_it_was(self):
        self._create_entry("<i>Hot</i> ones", user=self.anna)
        lead = self._create_leads(1, user_id=self.bert.id)
        lead.run_assignment_rules()
        body = lead.message_ids[0].body
        self.assertIn("Anna", body)
        self.assertIn("&lt;i&gt;Hot&lt;/i&gt; ones", body)
        self.assertIn("Bert", body)

    def test_new_owner_gets_the_template(self):
        template = self.env["mail.template"].create(
            {
                "name": "New lead",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "For you: {{ object.name }}",
                "email_to": "somebody@example.com",
                "body_html": "<p>New</p>",
            }
        )
        self._create_entry("All", user=self.anna, template_id=template.id)
        self._create_leads(2).run_assignment_rules()
        mails = self.env["mail.mail"].search([("subject", "like", "For you: %")])
        self.assertEqual(len(mails), 2)
        self.assertEqual(mails.recipient_ids, self.anna.partner_id)
        self.assertEqual(mails.mapped("state"), ["outgoing"] * 2)
        self.assertFalse(any(mails.mapped("email_to")))

    @users("user_sales_manager")
    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_template_that_cannot_be_used_holds_no_lead_up(self):
        template = (
            self.env["mail.template"]
            .sudo()
            .create(
                {
                    "name": "Broken",
                    "model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "subject": "{{ 1 / (object.color - 7) }}",
                }
            )
        )
        self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": self.rule.id,
                "name": "All",
                "user_id": self.anna.id,
                "template_id": template.id,
            }
        )
        lead = self._create_leads(1, color=7)
        lead.with_env(self.env).run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)
        left = self._create_leads(2, color=7)
        with self.enter_registry_test_mode():
            cron = self.env.ref("lead_management_assignment.ir_cron_assign_leads")
            cron.sudo().method_direct_trigger()
        self.assertEqual(left.user_id, self.anna)
        notice = (
            self.env["mail.message"]
            .sudo()
            .search([("subject", "like", "can't send its email")])
        )
        self.assertEqual(len(notice), 1, "Once a day")
        self.assertIn("Broken", notice.body)
        self.assertEqual(notice.notified_partner_ids, self.env.user.partner_id)

    def test_closed_leads_and_opportunities_are_left_alone(self):
        self._create_entry("All", user=self.anna)
        opportunity = self._create_leads(1, type="opportunity")
        lost = self._create_leads(1)
        lost.action_set_lost(lost_reason_id=self.lost_reason.id)
        result = (opportunity + lost).run_assignment_rules()
        self.assertEqual(result, {"assigned": 0, "unmatched": 0, "entries": {}})
        self.assertFalse((opportunity + lost).user_id)

    def test_rules_are_of_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.anna.company_ids += company
        self._create_entry("Everywhere", users=self.bert)
        own = self.env["crm.lead.assignment.rule"].create(
            {
                "name": "Other's",
                "company_id": company.id,
                "entry_ids": [
                    Command.create(
                        {"name": "Anna's", "target": "user", "user_id": self.anna.id}
                    )
                ],
            }
        )
        lead = self._create_leads(1)
        theirs = self._create_leads(1, company_id=company.id)
        theirs.company_id = company
        (lead + theirs).run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
        self.assertEqual(theirs.user_id, self.anna)
        own.active = False
        again = self._create_leads(1)
        again.company_id = company
        again.run_assignment_rules()
        self.assertFalse(again.user_id, "Bert doesn't work in the other company")

    def test_leads_that_somebody_changes_are_looked_at_again(self):
        self._create_entry("All", users=self.anna)
        leads = self._create_leads(2)
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref("lead_management_assignment.ir_cron_assign_leads")
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        with patch.object(
            self.registry["crm.lead"],
            "try_lock_for_update",
            lambda found, **_how: found[:1],
        ):
            result = leads.run_assignment_rules()
        self.assertEqual(result["assigned"], 1)
        self.assertFalse(leads[1].user_id)
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), 1)

    def test_cron_tries_again_where_somebody_else_gave_turns(self):
        self._create_entry("All", users=self.anna)
        leads = self._create_leads(1)
        run = self.registry["crm.lead"]._run_assignment_rules
        met = []

        def meet_somebody(of_leads):
            if not met:
                met.append(True)
                raise SerializationFailure
            return run(of_leads)

        with (
            patch.object(
                self.registry["crm.lead"], "_run_assignment_rules", meet_somebody
            ),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "lead_management_assignment.ir_cron_assign_leads"
            ).method_direct_trigger()
        self.assertTrue(met)
        self.assertEqual(leads.user_id, self.anna)

    def test_one_that_can_not_be_assigned_holds_no_others_up(self):
        self._create_entry("All", user=self.anna)
        leads = self._create_leads(5)
        with (
            self._refuse_to_write(leads[0]),
            self.enter_registry_test_mode(),
            patch(f"{LEFT}.BATCH_SIZE", 2),
            self.assertLogs(
                "odoo.addons.lead_management.models.in_parts", logging.INFO
            ),
        ):
            self.env.ref(
                "lead_management_assignment.ir_cron_assign_leads"
            ).method_direct_trigger()
        self.assertFalse(leads[0].user_id)
        self.assertEqual(leads[1:].mapped("user_id"), self.anna)
        self.assertTrue(all(lead.user_id for lead in leads[1:]))

    def test_cron_assigns_what_is_left_in_batches(self):
        self._create_entry("All", users=self.anna + self.bert)
        leads = self._create_leads(5)
        owned = self._create_leads(1, user_id=self.cora.id)
        cron = self.env.ref("lead_management_assignment.ir_cron_assign_leads")
        with (
            self.enter_registry_test_mode(),
            patch(f"{LEFT}.BATCH_SIZE", 2),
        ):
            cron.method_direct_trigger()
        self.assertTrue(all(lead.user_id for lead in leads))
        self.assertEqual(owned.user_id, self.cora)
        waiting = self._create_leads(1)
        self.rule.assign_left = False
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(waiting.user_id)

    @users("user_sales_leads")
    def test_lead_is_assigned_when_created_if_asked(self):
        self._create_entry("All", user=self.anna)
        leads = self.env["crm.lead"]
        values = {"name": "Asked", "type": "lead"}
        self.assertEqual(leads.create(dict(values)).user_id, self.env.user)
        asked = leads.create({**values, "assign_by_rules": True})
        self.assertEqual(asked.user_id, self.anna)
        asked = leads.with_context(lead_assign_by_rules=True).create(values)
        self.assertEqual(asked.user_id, self.anna)

    @users("user_sales_salesman")
    def test_who_sees_own_leads_only_cannot_run_rules(self):
        lead = self.lead_own.with_env(self.env)
        with self.assertRaisesRegex(AccessError, "see all leads"):
            lead.run_assignment_rules()
        with self.assertRaisesRegex(AccessError, "see all leads"):
            lead.create({"name": "Asked", "type": "lead", "assign_by_rules": True})
        with self.assertRaises(AccessError):
            self.rule.with_env(self.env).name = "Mine"
        self.assertEqual(self.rule.with_env(self.env).name, "Everywhere")

    def test_filters_that_cannot_be_asked_are_refused(self):
        for domain, reason in (
            ("[('colour', '=', 1)]", "colour"),
            ("[('city', 'near', 'Berlin')]", "near"),
            ("[('expected_revenue', '>', 'much')]", "much"),
            ("[('user_id', '=', uid)]", "it isn't a list of conditions"),
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                self._create_entry("Wrong", user=self.anna).domain = domain

    @users("user_sales_manager")
    def test_filter_on_a_field_of_others_is_refused(self):
        entry = self._create_entry("Wrong", user=self.anna).with_env(self.env)
        with self.assertRaisesRegex(ValidationError, "totp_last_counter"):
            entry.domain = "[('user_id.totp_last_counter', '>', 5)]"

    def test_slow_filter_is_refused(self):
        entry = self._create_entry("Slow", user=self.anna)
        module = (
            "odoo.addons.lead_management_assignment.models.crm_lead_assignment"
            ".entry_filter.MAX_COST"
        )
        with patch(module, 1), self.assertRaisesRegex(ValidationError, "too slow"):
            entry.domain = "[('message_ids.body', 'ilike', 'price')]"

    def test_broken_filter_does_not_stop_the_others(self):
        broken = self._create_entry("Broken", user=self.anna)
        self._create_entry("Rest", user=self.bert)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead_assignment_rule_entry SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", broken.id],
        )
        self.env.invalidate_all()
        lead = self._create_leads(1)
        with mute_logger(DOMAIN_LOGGER):
            lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
        self.assertIn("gone", self.rule.warning)

    def test_filter_that_cannot_be_asked_is_refused_by_every_way_in(self):
        entries = self.env["crm.lead.assignment.rule.entry"]
        nested = "[('city', '=', 'Bonn')]"
        for _level in range(60):
            nested = f"[('partner_id', 'any', {nested})]"
        for domain in (
            "[('expected_revenue', '>', 1e999)]",
            "[('expected_revenue', 'in', [5, -1e999])]",
            "[('probability', '>', 1e999 - 1e999)]",
            "[('gone', '=', 1)]",
            "[('partner_id.gone', '=', 1)]",
            "[('expected_revenue', '>', 'much')]",
            "[('create_date', '>', 'soon')]",
            "[('tag_ids', 'any', [('gone', '=', 1)])]",
            "[('user_id.totp_secret', '!=', False)]",
            "[('partner_id', 'any!', [('city', '=', 'Bonn')])]",
            "[('city', '=', uid)]",
            "[('city', '=', 'Bonn'), '|']",
            "{'city': 'Bonn'}",
            "[('city', '=', 'Bonn')",
            nested,
            "(" * 500 + ")" * 500,
            "Domain.custom(to_sql=print)",
            "",
        ):
            with self.subTest(domain=domain[:60]), mute_logger("odoo.sql_db"):
                vals = {"name": "Poisoned", "user_id": self.anna.id}
                vals |= {"rule_id": self.rule.id, "domain": domain}
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    entries.with_user(self.user_sales_manager).create(vals)
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    del vals["domain"]
                    entries.with_context(default_domain=domain).create(vals)
                entry = self._create_entry("Good", user=self.anna)
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    entry.with_user(self.user_sales_manager).domain = domain

    def test_poisoned_filters_stop_nobody(self):
        rest = self._create_entry("Rest", user=self.bert)
        rest.sequence = 1000
        poisoned = self._create_entry("Poisoned", user=self.anna)
        for domain in (
            "[('expected_revenue', '>', 1e999)]",
            "[('gone', '=', 1)]",
            "(" * 500 + ")" * 500,
            "nonsense",
            "",
        ):
            with self.subTest(domain=domain[:60]):
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE crm_lead_assignment_rule_entry SET domain = %s"
                    " WHERE id = %s",
                    [domain, poisoned.id],
                )
                self.env.invalidate_all()
                leads = self._create_leads(2)
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertLogs(DOMAIN_LOGGER, "WARNING") as log,
                ):
                    leads[0].run_assignment_rules()
                    leads[1].run_assignment_rules()
                    test = self.env["crm.lead.assignment.test"].create(
                        {"lead_id": leads[0].id}
                    )
                    self.assertIn("Poisoned", test.result)
                self.assertEqual(len(log.output), 1)
                self.assertIn("Poisoned", log.output[0])
                self.assertEqual(leads.user_id, self.bert)
                with mute_logger("odoo.sql_db"):
                    self.assertIn("Poisoned", self.rule.warning)

    def test_amounts_of_several_currencies_are_asked_together(self):
        currencies = self.env.ref("base.USD") | self.env.ref("base.EUR")
        currencies.active = True
        companies = self.env["res.company"].create(
            [
                {"name": f"In {currency.name}", "currency_id": currency.id}
                for currency in currencies
            ]
        )
        self.anna.company_ids += companies
        self._create_entry(
            "Big deals", [("expected_revenue", ">", 10000)], user=self.anna
        )
        leads = self.env["crm.lead"].browse(
            self._create_leads(1, company_id=company.id, expected_revenue=amount).id
            for company in companies
            for amount in (20000, 500)
        )
        result = leads.run_assignment_rules()
        self.assertEqual((result["assigned"], result["unmatched"]), (2, 2))
        self.assertEqual([bool(lead.user_id) for lead in leads], [True, False] * 2)

    def test_an_entry_more_costs_a_few_queries_however_many_leads(self):
        for number in range(5):
            self._create_entry(
                f"City {number}", [("city", "=", f"City {number}")], user=self.anna
            )
        counts = []
        for count in (20, 90):
            leads = self._create_leads(count, city="City 4")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.run_assignment_rules()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5)

    def test_native_team_assignment_leaves_queues_alone(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Hot line", "member_user_ids": self.anna.ids, "notify": "none"}
        )
        self._create_entry("All", target="queue", queue_id=queue.id)
        lead = self._create_leads(1)
        lead.run_assignment_rules()
        self.env["ir.config_parameter"].set_param("crm.lead.auto.assignment", True)
        self.env["crm.team"].search([])._action_assign_leads(force_quota=True)
        self.assertEqual(lead.queue_id, queue)
        self.assertFalse(lead.user_id)
