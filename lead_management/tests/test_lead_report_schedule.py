from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_lead_report import TestLeadReportCommon


class TestPrintedReportCommon(TestLeadReportCommon):
    """Of the leads with known numbers, 0 and a copy of it, another's, are neglected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neglected = cls.leads[0] | cls.leads[0].copy(
            {
                "name": "Report <b>copy</b>",
                "user_id": cls.other.id,
                "campaign_id": False,
            }
        )
        cls.neglected.date_last_touch = "2020-01-01"
        cls.env.flush_all()
        cls.printed = cls.env["report.lead_management.lead_report"]

    def _print(self, user, kind, **options):
        """Return the values and the HTML of a printed report, as a user gets them."""
        data = {"kind": kind, **options}
        values = self.printed.with_user(user)._get_report_values([], data)
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_html("lead_management.lead_report", [], data=data)
        )
        return values, html.decode()


@tagged("post_install", "-at_install", "lead_report")
class TestPrintedReport(TestPrintedReportCommon):
    """The one-click reports on paper, with the filters of the screen."""

    def test_neglected_leads_of_whom_i_may_see(self):
        values, html = self._print(self.user_sales_manager, "neglected")
        self.assertEqual(values["leads"], self.neglected)
        self.assertIn("Neglected Leads", html)
        self.assertIn("&lt;b&gt;copy&lt;/b&gt;", html, "Names are escaped")
        values, _html = self._print(self.salesman, "neglected")
        self.assertEqual(values["leads"], self.leads[0])

    def test_filters_are_kept(self):
        domain = [["user_id", "=", self.other.id]]
        values, html = self._print(
            self.user_sales_manager, "neglected", domain=domain, filters=["Of <Joe>"]
        )
        self.assertEqual(values["leads"], self.neglected[1])
        self.assertIn("Of &lt;Joe&gt;", html)

    def test_leads_by_source(self):
        domain = [["source_id", "!=", False], ["lead_id", "in", self.leads.ids]]
        values, html = self._print(self.user_sales_manager, "source", domain=domain)
        self.assertEqual(
            [(row["source"], row["count"]) for row in values["rows"]],
            [("Report fair", 3), ("Report call", 2)],
        )
        self.assertEqual(values["total"]["value"], 1500)
        self.assertIn("Report fair", html)
        self.assertIn("Total", html)

    def test_amounts_of_several_currencies_are_converted(self):
        company = self.env.company
        foreign = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 100})],
            }
        )
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": foreign.id}
        )
        source = self.env["utm.source"].create({"name": "Two currencies"})
        for owner, value in ((company, 100), (other, 1000)):
            self.env["crm.lead"].create(
                {
                    "name": "Of a company",
                    "type": "lead",
                    "company_id": owner.id,
                    "user_id": False,
                    "team_id": False,
                    "source_id": source.id,
                    "expected_revenue": value,
                }
            )
        self.user_sales_manager.company_ids |= other
        user = self.user_sales_manager.with_context(
            allowed_company_ids=(company | other).ids
        )
        report = self.printed.with_user(user).with_context(
            allowed_company_ids=(company | other).ids
        )
        values = report._get_report_values(
            [], {"kind": "source", "domain": [["source_id", "=", source.id]]}
        )
        [row] = values["rows"]
        self.assertEqual((row["count"], row["value"]), (2, 110))

    def test_nothing_to_print_says_so(self):
        nobody = [["id", "=", 0]]
        _values, html = self._print(self.salesman, "neglected", domain=nobody)
        self.assertIn("No lead is neglected", html)
        _values, html = self._print(self.salesman, "source", domain=nobody)
        self.assertIn("There are no leads to count", html)

    @users("user_sales_salesman")
    def test_screen_prints_by_an_action(self):
        action = self.printed.with_env(self.env).action_print(
            "source", [["is_open", "=", True]], ["Open"]
        )
        self.assertEqual(action["report_name"], "lead_management.lead_report")
        self.assertEqual(action["data"]["domain"], [["is_open", "=", True]])

    def test_what_makes_no_sense_is_refused(self):
        printed = self.printed.with_user(self.salesman)
        with self.assertRaisesRegex(UserError, "no lead report"):
            printed.action_print("everything")
        for domain in ([["no_such_field", "=", 1]], "rm -rf", [["id"]]):
            with self.assertRaisesRegex(UserError, "can't be used"):
                printed.action_print("source", domain)

    def test_employee_prints_nothing(self):
        with self.assertRaises(AccessError):
            self._print(self.env.ref("base.public_user"), "source")


@tagged("post_install", "-at_install", "lead_report")
class TestReportSchedule(TestPrintedReportCommon):
    """Reports sent by e-mail: once, with the rights of their owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schedule = (
            cls.env["crm.lead.report.schedule"]
            .with_user(cls.salesman)
            .create(
                {
                    "report": "neglected",
                    "next_date": date.today(),
                    "recipient_ids": cls.user_sales_manager.ids,
                }
            )
        )

    def _send_due(self):
        """Run the scheduled action; return the e-mails it queued."""
        before = self.env["mail.mail"].search([])
        cron = self.env.ref("lead_management.ir_cron_send_lead_reports")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.env["mail.mail"].search([]) - before

    def test_due_report_is_sent_once_with_the_rights_of_its_owner(self):
        mail = self._send_due()
        self.assertEqual(mail.recipient_ids, self.user_sales_manager.partner_id)
        self.assertEqual(mail.email_from, self.salesman.email_formatted)
        self.assertIn(self.leads[0].display_name, mail.body_html)
        self.assertNotIn("copy", mail.body_html, "The owner can't see that lead")
        schedule = self.schedule.sudo()
        self.assertEqual(schedule.next_date, date.today() + timedelta(weeks=1))
        self.assertTrue(schedule.last_sent)
        self.assertFalse(self._send_due())

    def test_standstill_is_made_up_for_by_one_mail(self):
        self.schedule.next_date = date.today() - timedelta(days=40)
        self.assertEqual(len(self._send_due()), 1)
        self.assertGreater(self.schedule.next_date, date.today())
        self.assertEqual((self.schedule.next_date - date.today()).days, 2)

    def test_filter_is_kept(self):
        self.schedule.write(
            {"report": "source", "domain": f"[('source_id', '=', {self.call.id})]"}
        )
        mail = self._send_due()
        self.assertIn("Report call", mail.body_html)
        self.assertNotIn("Report fair", mail.body_html)

    def test_filter_means_what_it_meant_in_the_language_it_was_built_in(self):
        """Who went on in another language got an empty report."""
        self.env["res.lang"]._activate_lang("de_DE")
        tag = self.env["crm.tag"].create({"name": "Hotness"})
        tag.with_context(lang="de_DE").name = "Heiß"
        self.leads[0].tag_ids = tag
        german = self.schedule.with_context(lang="de_DE")
        german.domain = "[('tag_ids', 'ilike', 'Heiß')]"
        self.assertEqual(self.salesman.lang, "en_US")
        self.assertIn(self.leads[0].display_name, self._send_due().body_html)

    def test_pdf_is_attached_where_there_is_a_program_for_it(self):
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "get_wkhtmltopdf_state", return_value="ok"),
            patch.object(reports, "_render_qweb_pdf", return_value=(b"%PDF", "pdf")),
        ):
            mail = self._send_due()
        self.assertEqual(mail.attachment_ids.name, "Neglected Leads.pdf")
        with patch.object(reports, "get_wkhtmltopdf_state", return_value="install"):
            self.assertFalse(self.schedule.sudo()._get_attachments(self.env, {}))

    def test_one_that_fails_says_why_and_holds_up_no_other(self):
        broken = self.schedule.copy({"next_date": date.today()})
        self.env.cr.execute(
            "UPDATE crm_lead_report_schedule SET domain = %s WHERE id = %s",
            ["[('gone_field', '=', 1)]", broken.id],
        )
        broken.invalidate_recordset()
        self.assertEqual(len(self._send_due()), 1)
        self.assertIn("gone_field", broken.last_error)
        self.assertGreater(broken.next_date, date.today())

    def test_owner_who_left_sends_nothing(self):
        self.salesman.active = False
        self.assertFalse(self._send_due())
        self.assertIn("no access", self.schedule.sudo().last_error)

    def test_recipients_are_colleagues(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "report_portal_user",
                "group_ids": self.env.ref("base.group_portal").ids,
            }
        )
        for recipients in ([], portal.ids):
            with self.assertRaisesRegex(ValidationError, "colleagues"):
                self.schedule.recipient_ids = [(6, 0, recipients)]

    def test_filter_that_is_none_is_refused(self):
        for domain in ("os.system('x')", "[('no_such_field', '=', 1)]", "[uid]"):
            with self.assertRaisesRegex(ValidationError, "can't be used"):
                self.schedule.domain = domain

    def test_by_default_the_team_leader_gets_it(self):
        self.env["crm.team"].create(
            {
                "name": "Report team",
                "user_id": self.user_sales_manager.id,
                "member_ids": self.salesman.ids,
            }
        )
        self.salesman.invalidate_recordset()
        schedule = self.env["crm.lead.report.schedule"].with_user(self.salesman)
        self.assertEqual(schedule.create({}).recipient_ids, self.user_sales_manager)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_sends_with_the_rights_of_somebody_else(self):
        schedules = self.env["crm.lead.report.schedule"].with_user(self.salesman)
        with self.assertRaises(AccessError):
            schedules.create({"user_id": self.user_sales_manager.id})
        with self.assertRaises(AccessError):
            self.schedule.user_id = self.user_sales_manager
        of_manager = schedules.with_user(self.user_sales_manager).create({})
        self.assertFalse(schedules.search([("id", "=", of_manager.id)]))
        for change in (
            lambda: of_manager.with_user(self.salesman).write({"domain": "[]"}),
            lambda: self.schedule.with_user(self.user_sales_manager).write(
                {"domain": "[]"}
            ),
            lambda: self.schedule.with_user(self.user_sales_manager).action_send_now(),
        ):
            with self.assertRaises(AccessError):
                change()
        self.schedule.with_user(self.user_sales_manager).unlink()

    def test_send_now(self):
        before = self.env["mail.mail"].search_count([])
        self.schedule.action_send_now()
        self.assertEqual(self.env["mail.mail"].search_count([]), before + 1)
        self.assertEqual(self.schedule.next_date, date.today())


@tagged("post_install", "-at_install", "lead_report")
class TestLeadDigest(TestPrintedReportCommon):
    """What the digest mail says of leads."""

    def test_numbers_of_the_company(self):
        self.leads.company_id = self.env.company
        self.neglected.company_id = self.env.company
        self.neglected.date_last_touch = "2020-01-01"
        self.env.flush_all()
        now = self.env.cr.now()
        timeframe = {
            "start_datetime": now - timedelta(days=1),
            "end_datetime": now + timedelta(days=1),
        }
        digests = self.env["digest.digest"].with_context(**timeframe)
        digest = digests.create(
            {
                "name": "Leads",
                "kpi_crm_lead_converted": True,
                "kpi_crm_lead_neglected": True,
            }
        )
        self.assertEqual(digest.kpi_crm_lead_converted_value, 3)
        self.assertEqual(digest.kpi_crm_lead_neglected_value, 2)
        actions = digest._compute_kpis_actions(self.env.company, self.env.user)
        for name in ("kpi_crm_lead_converted", "kpi_crm_lead_neglected"):
            self.assertTrue(self.env.ref(actions[name].split("?")[0]))

    def test_mail_of_others_has_none(self):
        digest = self.env["digest.digest"].create({"name": "Leads"})
        employee = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            digest.with_user(employee).sudo(
                False
            )._compute_kpi_crm_lead_converted_value()
