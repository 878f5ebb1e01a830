"""Every button that shows a number opens as many rows."""

from lxml import etree

from odoo import Command, fields
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_counts import ACTION_WINDOW, TestCountsCommon

# Numbers that are no numbers of rows: visitors are counted by day and field
SUMS = ("visitor_count",)


@tagged("post_install", "-at_install", "lead_counts")
class TestButtonCounts(TestCountsCommon):
    """Every button that shows a number opens as many rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lead_import = cls.env["crm.lead.import"].create(
            {"name": "counted.csv", "user_id": cls.user_sales_salesman.id}
        )
        cls.leads.import_id = lead_import
        rule = cls.env["crm.lead.assignment.rule"].create(
            {
                "name": "Counted",
                "active": False,
                "entry_ids": [
                    Command.create({"name": "All", "user_id": cls.member.id})
                ],
            }
        )
        cls.leads.write(
            {
                "assignment_entry_id": rule.entry_ids.id,
                "assignment_date": fields.Datetime.now(),
            }
        )
        form = cls.env["crm.lead.capture.form"].create({"name": "Counted"})
        cls.env["crm.lead.capture.submission"].create(
            [
                {
                    "form_id": form.id,
                    "state": state,
                    "company_id": cls.env.company.id,
                    "dedup_key": state,
                }
                for state in ("lead", "waiting", "new", "quarantine", "failed")
            ]
        )
        job = cls.env["crm.lead.bulk.job"].create(
            {
                "operation": "status",
                "user_id": cls.user_sales_manager.id,
                "company_id": cls.env.company.id,
            }
        )
        gone = cls.leads[0].copy()
        cls.env["crm.lead.bulk.job.failure"].create(
            [
                {"job_id": job.id, "lead_res_id": lead.id, "lead_name": lead.name}
                for lead in cls.leads | gone
            ]
        )
        gone.unlink()
        cls.records = {
            record._name: record
            for record in (
                *(lead_import, rule, form, job),
                *(cls.campaign, cls.account, cls.queue, cls.leads[0]),
                *(cls._create_goal(), cls._create_hook(form), cls._create_feed()),
                *(cls._create_purpose(), cls._create_simulation(rule)),
            )
        }
        cls._add_to_lead(cls.leads[0])

    @classmethod
    def _create_goal(cls):
        goal = cls.env["crm.lead.ad.goal"].create(
            {
                "name": "Counted",
                "status_ids": cls.status_in_process.ids,
                "purpose_id": cls._create_purpose().id,
            }
        )
        states = ("ready", "ready", "done", "failed", "withdrawn")
        cls.env["crm.lead.ad.conversion"].create(
            [
                {
                    "goal_id": goal.id,
                    "company_id": goal.company_id.id,
                    "lead_id": lead.id,
                    "date": fields.Datetime.now(),
                    "click_name": "gclid",
                    "click_id": "Ab1",
                    "state": state,
                }
                for lead, state in zip(cls.leads, states, strict=False)
            ]
        )
        return goal

    @classmethod
    def _create_purpose(cls):
        purpose = cls.env["crm.lead.consent.purpose"].create(
            {"name": "Counted", "text": "Write me"}
        )
        for state in ("asked", "given", "confirmed", "withdrawn"):
            email = f"{state}@counted.example"
            cls.env["res.partner"].create({"name": "Counted", "email": email})
            cls.env["crm.lead.consent.state"].create(
                {
                    "purpose_id": purpose.id,
                    "email_normalized": email,
                    "state": state,
                    "date": fields.Datetime.now(),
                }
            )
        return purpose

    @classmethod
    def _create_hook(cls, form):
        hook = cls.env["crm.lead.hook"].create({"name": "Counted", "form_id": form.id})
        calls = [{"hook_id": hook.id, "body": "{}"}, {"hook_id": hook.id, "body": "[]"}]
        cls.env["crm.lead.hook.call"].create(calls)
        return hook

    @classmethod
    def _create_feed(cls):
        feed = cls.env["crm.lead.feed"].create(
            {"name": "Counted", "url": "https://counted.example/rss"}
        )
        headline = {"feed_id": feed.id, "guid": "1", "name": "Counted"}
        cls.env["crm.lead.feed.item"].create(
            {**headline, "published": fields.Datetime.now()}
        )
        return feed

    @classmethod
    def _create_simulation(cls, rule):
        rule.draft_of_id = rule.copy({"name": "Changed by the draft"})
        simulation = cls.env["crm.lead.assignment.simulation"].create(
            {"rule_id": rule.id, "moved_count": 1}
        )
        cls.env["crm.lead.assignment.simulation.move"].create(
            {"simulation_id": simulation.id, "lead_id": cls.leads[0].id}
        )
        earlier = rule.copy({"name": "Earlier"})
        earlier.write({"replaced_by_id": rule.id})
        return simulation

    @classmethod
    def _add_to_lead(cls, lead):
        """Let there be what the buttons of leads and accounts count."""
        outcome = cls.env["crm.lead.call.outcome"].search([], limit=1)
        cls.env["crm.lead.call"].create({"lead_id": lead.id, "outcome_id": outcome.id})
        plan = cls.env["mail.activity.plan"].create(
            {"name": "Counted", "res_model": "crm.lead"}
        )
        cls.env["crm.lead.plan.run"].create({"lead_id": lead.id, "plan_id": plan.id})
        cls.env["crm.merge"].create(
            [
                {**merged, "merged_names": "Counted", "separated_date": date}
                for merged in (
                    {"model": "crm.lead", "lead_id": lead.id},
                    {"model": "res.partner", "partner_id": cls.account.id},
                )
                for date in (False, fields.Datetime.now())
            ]
        )

    def find_buttons(self):
        """Yield model and node of all buttons with a number in the house's views."""
        data = self.env["ir.model.data"].search(
            [("module", "=like", "lead_management%"), ("model", "=", "ir.ui.view")]
        )
        for view in self.env["ir.ui.view"].browse(data.mapped("res_id")).exists():
            for button in etree.fromstring(view.arch_db).iter("button"):
                classes = (button.get("class") or "").split()
                numbers = [
                    node.get("name")
                    for node in button.iter("field")
                    if self.env[view.model]._fields[node.get("name")].type == "integer"
                    and node.get("name") not in SUMS
                ]
                if "oe_stat_button" in classes and numbers:
                    yield view.model, button, numbers[0]

    def click(self, record, button, user):
        if button.get("type") == "action":
            name = button.get("name").removeprefix("%(").removesuffix(")d")
            action = self.env[ACTION_WINDOW]._for_xml_id(
                self.env[ACTION_WINDOW].browse(int(name)).get_external_id()[int(name)]
                if name.isdigit()
                else name
            )
            return {**action, "active_id": record.id}
        context = safe_eval(button.get("context") or "{}")
        method = getattr(record.with_context(**context), button.get("name"))
        return method()

    def test_every_button_counts_what_it_opens(self):
        tried = set()
        for model, button, number in self.find_buttons():
            for user in (self.user_sales_salesman, self.user_sales_manager):
                self.assertIn(model, self.records)
                record = self.records[model].with_user(user)
                groups = button.get("groups")
                if not record.has_access("read") or (
                    groups
                    and not any(user.has_group(group) for group in groups.split(","))
                ):
                    continue
                with self.subTest(model=model, number=number, user=user.login):
                    opened = self.count_rows(self.click(record, button, user), user)
                    self.assertEqual(record[number], opened)
                    if opened:
                        tried.add((model, number))
        # Of each there was something to count.
        self.assertEqual(
            tried, {(model, number) for model, _button, number in self.find_buttons()}
        )

    def test_report_by_mail_counts_what_its_form_and_its_page_say(self):
        """For example Neglected Leads: the form counts those, not all leads."""
        for user in (self.user_sales_salesman, self.user_sales_manager):
            for kind, page in (
                ("neglected", "lead_management.crm_lead_action_neglected"),
                ("source", "lead_management.crm_lead_report_action_by_source"),
            ):
                schedule = (
                    self.env["crm.lead.report.schedule"]
                    .with_user(user)
                    .create({"report": kind, "recipient_ids": user.ids})
                )
                model = self.env[schedule.report_model].with_user(user)
                in_form = model.search_count(
                    Domain(safe_eval(schedule.report_domain))
                    & Domain(schedule._parse_domain())
                )
                values = schedule._get_owner_env()[
                    "report.lead_management.lead_report"
                ]._get_report_values([], {"kind": kind, "domain": []})
                total = values["total"]
                in_mail = total if kind == "neglected" else total["count"]
                with self.subTest(user=user.login, kind=kind):
                    self.assertTrue(in_mail)
                    self.assertEqual(in_form, in_mail)
                    self.assertEqual(self.open(page, user), in_mail)

    def test_filters_on_leads_count_no_opportunities(self):
        """For example an entry of an assignment rule: 132 records of 57 leads."""
        for model in ("crm.lead.star.rule", "crm.lead.assignment.rule.entry"):
            view = self.env["ir.ui.view"].search(
                [("model", "=", model), ("type", "=", "form"), ("mode", "=", "primary")]
            )
            [field] = etree.fromstring(view.arch).xpath("//field[@name='domain']")
            self.assertEqual(field.get("widget"), "lead_domain")
            options = safe_eval(field.get("options"))
            self.assertEqual(
                safe_eval(options["base_domain"]), [("type", "=", "lead")], model
            )
