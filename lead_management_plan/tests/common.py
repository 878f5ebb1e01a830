from freezegun import freeze_time

from odoo.fields import Command, Date, Datetime

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

MONDAY = "2024-07-01 08:00:00"  # 10:00 in Berlin
WEDNESDAY = "2024-07-03 06:00:00"


class PlanCase(TestLeadManagementCommon):
    """An office that works on weekdays, and a plan of four steps: a call at once, an
    email after two days, another call the day after, a meeting a week from the start.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.plan.rule"].search([]).active = False
        days = [
            Command.create(
                {
                    "name": "Office",
                    "dayofweek": str(day),
                    "hour_from": 8,
                    "hour_to": 17,
                    "day_period": "full_day",
                }
            )
            for day in range(5)
        ]
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "Europe/Berlin",
                "company_id": cls.company_main.id,
                "attendance_ids": [Command.clear(), *days],
            }
        )
        cls.company_main.resource_calendar_id = cls.calendar
        users = cls.user_sales_salesman + cls.user_sales_leads + cls.user_sales_manager
        # Who is an employee has a calendar of their own, in which no test thinks.
        resources = cls.env["resource.resource"].search([("user_id", "in", users.ids)])
        resources.user_id = False
        cls.mail = cls.env["mail.template"].create(
            {
                "name": "Brochure",
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "subject": "For {{ object.contact_name }}",
                "body_html": "<p>Our brochure</p>",
                "use_default_to": True,
            }
        )
        call, meeting = (
            cls.env.ref(f"mail.mail_activity_data_{name}").id
            for name in ("call", "meeting")
        )
        cls.plan = cls.env["mail.activity.plan"].create(
            {
                "name": "Four tries",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "sequence": number,
                            "activity_type_id": kind,
                            "summary": summary,
                            "delay_count": count,
                            "delay_unit": unit,
                            "delay_from": "after_plan_date",
                            "mail_template_id": mail,
                            "responsible_type": "lead_owner",
                        }
                    )
                    for number, (kind, summary, count, unit, mail) in enumerate(
                        [
                            (call, "First call", 0, "days", False),
                            (call, "Brochure", 2, "days", cls.mail.id),
                            (call, "Second call", 3, "days", False),
                            (meeting, "Visit", 1, "weeks", False),
                        ]
                    )
                ],
            }
        )
        cls.lead_own.email_from = "jane@test.example.com"

    def _start(self, leads=None, moment=MONDAY, plan=None, user=None, **values):
        """Start the plan as a salesperson does, in Odoo's dialog."""
        leads = leads or self.lead_own
        user = user or self.user_sales_salesman
        with freeze_time(moment):
            action = leads.with_user(user).action_start_plan()
            dialog = (
                self.env[action["res_model"]]
                .with_user(user)
                .with_context(**action["context"])
                .create({"plan_id": (plan or self.plan).id, **values})
            )
            dialog.action_schedule_plan()
        return leads.plan_run_ids.filtered(lambda run: run.state == "running")

    def _come_to_the_mail(self, leads=None):
        """Start the plan and do its call: the email is due on Wednesday."""
        runs = self._start(leads)
        self._do("2024-07-01 12:00:00", leads)
        return runs

    def _link_contact(self, email):
        """Give the lead a contact with another address than it says."""
        contact = self.env["res.partner"].create({"name": "Jane", "email": email})
        with self.lead_own._keeping_what_they_say():
            self.lead_own.partner_id = contact
            self.env.flush_all()

    def _run_cron(self, moment):
        self.env.flush_all()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("lead_management_plan.ir_cron_plan").method_direct_trigger()
        self.env.invalidate_all()

    def _do(self, moment, lead=None):
        """Do what the plan has planned."""
        with freeze_time(moment):
            self._get_activities(lead).with_user(
                self.user_sales_salesman
            ).action_feedback()
            self.env.flush_all()

    def _get_activities(self, lead=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", (lead or self.lead_own).ids),
            ]
        )

    def _get_mails(self, lead=None):
        return self.env["mail.mail"].search(
            [("model", "=", "crm.lead"), ("res_id", "in", (lead or self.lead_own).ids)]
        )

    def _get_states(self, run):
        return run.step_ids.sorted("number").mapped("state")

    def _day(self, text):
        return Date.to_date(f"2024-07-{text}")

    def _at(self, text):
        return Datetime.to_datetime(f"2024-07-{text}")

    def _get_chatter(self, lead=None):
        return " ".join((lead or self.lead_own).message_ids.mapped("body"))
