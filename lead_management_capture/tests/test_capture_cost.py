from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


class CaptureCostCase(TestCaptureSubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.rate_limit = 0
        archive_rules(cls.env)

    def _count(self, name, number):
        """Return how many queries making leads of new submissions takes."""
        submissions = self.submissions.browse()
        for index in range(number):
            submissions |= self._submit(
                {
                    **ANSWERS,
                    "last_name": f"{name} {index}",
                    "email": f"jane.{index}.of.{number}@example.com",
                    "company": f"Company {index}",
                },
                **dict.fromkeys(self.form.consent_ids.mapped("input_name"), "yes"),
            )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        submissions._process()
        self.env.flush_all()
        self.assertEqual(set(submissions.mapped("state")), {"lead"})
        return self.env.cr.sql_log_count - before

    def _count_native(self, number):
        """Return how many queries creating as many leads in one call takes natively."""
        before = self.env.cr.sql_log_count
        self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Native {index}",
                    "contact_name": f"Jane {index}",
                    "email_from": f"jane.{index}@native.example.com",
                    "partner_name": f"Native Company {index}",
                    "user_id": False,
                }
                for index in range(number)
            ]
        )
        self.env.flush_all()
        self.flush_tracking()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureCostBesideOthers(CaptureCostCase):
    """What making leads costs where other addons look at each of them, too."""

    def test_leads_of_submissions_cost_no_more_than_native_ones(self):
        owner = {
            "use_assignment_rules": False,
            "user_id": self.user_sales_salesman.id,
        }
        for name, settings in (("nobody", {}), ("owner", owner)):
            with self.subTest(name):
                self.form.write(settings)
                self._count(f"{name}, warm", 2)
                made = self._count(name, 20)
                self.assertLessEqual(made, self._count_native(20))


@tagged("post_install", "-at_install", "lead_capture", "lead_cost")
class TestCaptureCost(CaptureCostCase):
    """What taking submissions and making leads of them asks of the database."""

    def test_taking_one_costs_few_queries(self):
        self._submit()
        self.env.flush_all()
        with self.assertQueryCount(4):
            self._send({**ANSWERS, "last_name": "Other"})

    def test_a_run_costs_few_queries_beside_those_of_its_leads(self):
        self._count("warm", 2)
        alone = self._count("Alone", 1)
        self._submit(last_name="In a run")
        self.env.flush_all()
        self.env.invalidate_all()
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        before = self.env.cr.sql_log_count
        with progress as commit:
            commit.return_value = 60
            self.submissions._cron_process()
        # It looks what there is, takes it, and looks again.
        self.assertLessEqual(self.env.cr.sql_log_count - before, alone + 3)

    def test_showing_the_page_costs_few_queries(self):
        forms, token = self.env["crm.lead.capture.form"], self.form.token

        def show():
            self.env.flush_all()
            self.env.invalidate_all()
            return forms._find_by_token(token)._render_page(nonce="n1")

        show()
        with self.assertQueryCount(8):
            show()

    def _check_set_based(self, name, share, **settings):
        """Check that many leads take no more queries than a few.

        :param float share: of the queries that native creation of as many takes in
            this database
        """
        self.form.write(settings)
        self._count(f"{name}, warm", 2)
        few, many = self._count(f"{name}, few", 10), self._count(f"{name}, many", 40)
        self.assertLessEqual(many, few + 3)
        self.assertLessEqual(many, self._count_native(40) * share)

    def test_leads_of_nobody(self):
        self._check_set_based("nobody", 0.27)

    def test_leads_with_all_that_a_form_gives(self):
        campaign = self.env["utm.campaign"].create({"name": "Spring"})
        tag = self.env["crm.tag"].create({"name": "Hot"})
        self._check_set_based(
            "rich",
            0.29,
            campaign_id=campaign.id,
            tag_ids=[Command.set(tag.ids)],
            consent_ids=[Command.create({"name": "News", "text": "Write to me"})],
        )

    def test_leads_of_a_form_with_fields_of_its_own(self):
        tag = self.env["crm.tag"].create({"name": "Own"})
        own = {"key": "lead_field"}
        self._check_set_based(
            "own",
            0.29,
            field_ids=[
                Command.create({**own, "lead_field": "referred"}),
                Command.create(
                    {
                        **own,
                        "lead_field": "tag_ids",
                        "is_constant": True,
                        "constant": tag.name,
                    }
                ),
                Command.create({"key": "own_text", "label": "Own"}),
            ],
        )

    def test_leads_of_an_owner(self):
        self._check_set_based(
            "owner",
            0.42,
            use_assignment_rules=False,
            user_id=self.user_sales_salesman.id,
        )

    def test_leads_of_an_owner_and_a_team_after_the_rules(self):
        self._check_set_based(
            "rules",
            0.45,
            user_id=self.user_sales_salesman.id,
            team_id=self.sales_team_1.id,
        )

    def test_leads_of_a_queue(self):
        queue = self.env["crm.lead.queue"].create({"name": "Fair"})
        self._check_set_based("queue", 0.32, queue_id=queue.id)

    def test_leads_that_are_answered_and_told_of(self):
        template = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks {{ object.contact_name }}",
                "body_html": '<p>Dear <t t-out="object.contact_name"/></p>',
                "email_to": "{{ object.email_from }}",
            }
        )
        self._check_set_based(
            "mail",
            0.45,
            auto_response_template_id=template.id,
            notify_user_ids=[Command.set(self.user_sales_manager.ids)],
        )
