import itertools

from odoo import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    TestCaptureSubmissionCommon,
)

from .texts import SHELVES

CLAIM_LIMIT = 2
COMPANIES = ("Acme Anvils", "ACME Anvils Inc.", "Zeta Werke GmbH", "N/A", "-")
EMAILS = ("ann@acme-anvils.example", "bob@zeta.example", "info@zeta.example")


class World(TestCaptureSubmissionCommon):
    """Three people of two companies, two queues, the rules of one company.

    Sam sees his own leads of company A, Mia all leads of company B, Max manages both.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company_a = cls.env.company
        company_b = cls.env["res.company"].create(
            {"name": "Company B", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.sam = new_test_user(
            cls.env, "life_sam", "sales_team.group_sale_salesman", name="Sam"
        )
        cls.mia = new_test_user(
            cls.env,
            "life_mia",
            "sales_team.group_sale_salesman_all_leads",
            name="Mia",
            company_id=company_b.id,
            company_ids=[Command.set(company_b.ids)],
        )
        cls.max = new_test_user(
            cls.env,
            "life_max",
            "sales_team.group_sale_manager,base.group_partner_manager",
            name="Max",
            company_ids=[Command.set((company_a | company_b).ids)],
        )
        cls.people = cls.sam, cls.mia, cls.max
        cls.queues = cls.env["crm.lead.queue"].create(
            [
                {
                    "name": "Of Sam, limited",
                    "notify": "none",
                    "claim_limit": CLAIM_LIMIT,
                    "company_id": company_a.id,
                    "member_user_ids": [Command.set(cls.sam.ids)],
                },
                {
                    "name": "Of both",
                    "notify": "none",
                    "company_id": False,
                    "member_user_ids": [Command.set((cls.sam | cls.mia).ids)],
                },
            ]
        )
        cls._create_rules(company_a)
        # Which companies and queues somebody sees leads of, and whether of everybody;
        # nothing that is done changes it.
        cls.sights = [
            (
                (None, *user.company_ids.ids),
                (
                    None,
                    *cls.queues.filtered(
                        lambda queue, user=user: (
                            user == cls.max or user in queue.user_ids
                        )
                    ).ids,
                ),
                user != cls.sam,
            )
            for user in cls.people
        ]

    @classmethod
    def _create_rules(cls, company):
        rule = cls.env["crm.lead.assignment.rule"].create(
            {"name": "A", "company_id": company.id}
        )
        cls.env["crm.lead.assignment.rule.entry"].create(
            [
                {
                    "rule_id": rule.id,
                    "name": "Acme",
                    "target": "queue",
                    "queue_id": cls.queues[0].id,
                    "domain": "[('partner_name', 'ilike', 'acme')]",
                },
                {
                    "rule_id": rule.id,
                    "name": "Others",
                    "target": "rotation",
                    "user_ids": [Command.set((cls.sam | cls.max).ids)],
                },
            ]
        )

    def setUp(self):
        super().setUp()
        self.addresses = itertools.count(1)
        # Nobody is told by e-mail that a lead is theirs: what that says is not asked.
        self.contexts = [
            {
                "allowed_company_ids": user.company_ids.ids,
                "mail_auto_subscribe_no_notify": True,
            }
            for user in self.people
        ]
        self.living = [
            model._name
            for model in self.env.values()
            if model._table in (*SHELVES, "crm_lead_conversion", "crm_lead_report")
        ]
        self.home_before = [self.count_home(person) for person in range(3)]

    def get_env(self, person):
        return self.env(user=self.people[person].id, context=self.contexts[person])

    def count_home(self, person):
        """Return what somebody's home page counts, by name."""
        views = self.get_env(person)["crm.lead"]._get_home_views()
        return {view["name"]: view["count"] for view in views}

    def get_last_ids(self, tables):
        """Return the last id that each of the tables has given to a row."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, COALESCE(pg_sequence_last_value(%s), 0)",
                    table,
                    f"{table}_id_seq",
                )
                for table in tables
            )
        )
        return dict(rows)

    def capture(self, answers):
        """Let somebody fill in the web form."""
        open_form = self.form._get_open_form(self.form.token)
        self.submissions._receive(
            open_form,
            {"first_name": "", **answers},
            f"192.0.2.{next(self.addresses) % 250}",
            open_form.langs[0],
        )
        # What the scheduled action does, in the transaction of the life
        self.submissions.search([("state", "=", "new")])._process()
