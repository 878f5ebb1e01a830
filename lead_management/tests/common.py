from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from odoo.addons.mail.tests.common import MailCase

# Login: name and groups
SALESPEOPLE = {
    "user_sales_salesman": ("Sam Salesman", ["sales_team.group_sale_salesman"]),
    "user_sales_leads": (
        "Lea Leads",
        ["sales_team.group_sale_salesman_all_leads", "base.group_partner_manager"],
    ),
    "user_sales_manager": (
        "Mona Manager",
        ["sales_team.group_sale_manager", "base.group_partner_manager"],
    ),
}
EVERYBODY = ["mail.group_mail_notification_type_inbox", "crm.group_use_lead"]


def find_or_create_salespeople(env):
    """Return the users of the tests by login: whoever runs many tests may have made
    them for all.

    :rtype: dict
    """
    users = env["res.users"].with_context(**MailCase._test_context)
    found = users.search([("login", "in", [*SALESPEOPLE])], order="id")
    found = found or users.create(
        [
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@test.example.com",
                "group_ids": [
                    Command.link(env.ref(group).id) for group in [*groups, *EVERYBODY]
                ],
            }
            for login, (name, groups) in SALESPEOPLE.items()
        ]
    )
    return dict(zip(SALESPEOPLE, found.with_env(env), strict=True))


class TestLeadManagementCommon(MailCase):
    """Two salesmen, a manager, their team, and leads of their own.

    * `user_sales_salesman` sees his own leads, `user_sales_leads` all leads,
      `user_sales_manager` manages;
    * `sales_team_1` is the manager's, with `user_sales_leads` and the administrator;
    * `lead_own` is a lead the salesman made for himself, back at the start of the path:
      New.

    They are called what crm's own test organization calls them. That has much more, and
    takes several times as long to be made for each class.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.company_main = cls.env.company
        cls._create_salespeople()
        statuses = cls.env["crm.lead.status"]
        cls.status_new = statuses._get_of_category("new")
        cls.status_assigned = statuses._get_of_category("assigned")
        cls.status_in_process = statuses._get_of_category("in_process")
        cls.status_converted = statuses._get_of_category("converted")
        cls.status_recycled = statuses._get_of_category("recycled")
        cls.status_dead = statuses._get_of_category("dead")
        # An account of Odoo's demo data, which leads of the tests would be taken for
        acme = cls.env["res.partner"].search([("account_key", "=like", "acme%")])
        acme = acme.with_context(tracking_disable=True)  # that it was is no history
        acme.write({"name": "Demo Account", "email": False, "website": False})
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too expensive"})
        cls.lead_own = cls._create_lead(
            cls.user_sales_salesman, contact_first_name="Jane", contact_last_name="Doe"
        )
        cls.lead_own.status_id = cls.status_new

    def setUp(self):
        # Once for the class, which would otherwise post it again before each test
        self.flush_tracking()
        super().setUp()

    @classmethod
    def _create_salespeople(cls):
        for login, user in find_or_create_salespeople(cls.env).items():
            setattr(cls, login, user)
        # What is there already comes after the tests' own.
        for model in ("crm.team", "crm.stage"):
            cls.env[model].search([]).sequence = 9999
        members = cls.user_sales_leads + cls.env.ref("base.user_admin")
        cls.sales_team_1 = cls.env["crm.team"].create(
            {
                "name": "Test Sales Team",
                "sequence": 5,
                "company_id": False,
                "use_leads": True,
                "alias_name": "sales.test",
                "user_id": cls.user_sales_manager.id,
                "crm_team_member_ids": [
                    Command.create({"user_id": user.id}) for user in members
                ],
            }
        )
        cls.stage_new, cls.stage_proposition, _won = cls.env["crm.stage"].create(
            [
                {"name": "Test New", "sequence": 1},
                {"name": "Test Proposition", "sequence": 5},
                {"name": "Test Won", "sequence": 70, "is_won": True},
            ]
        )

    @classmethod
    def _create_customer(cls):
        """Create the company `customer` and the contact `customer_contact` at it."""
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Harbour Supplies",
                "email": "harbour.supplies@test.example.com",
                "is_company": True,
                "street": "1 Pier Street",
                "city": "Portland",
                "country_id": cls.env.ref("base.us").id,
                "zip": "97201",
            }
        )
        cls.customer_contact = cls.env["res.partner"].create(
            {
                "name": "Ada May Miller",
                "email": "ada.miller@test.example.com",
                "function": "Buyer",
                "parent_id": cls.customer.id,
                "country_id": cls.env.ref("base.us").id,
            }
        )

    @classmethod
    def _create_past(cls):
        """Let the team have won a lead and lost one, so that native predicts from the
        first lead on."""
        won, lost = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "lead",
                    "user_id": cls.user_sales_leads.id,
                    "team_id": cls.sales_team_1.id,
                }
                for name in ("Already won", "Already lost")
            ]
        )
        won.action_set_won()
        lost.action_set_lost()
        cls.env.flush_all()

    @classmethod
    def _create_duplicate_manager(cls):
        """Create the sales manager `duplicate_manager`, who may merge contacts."""
        manager = new_test_user(
            cls.env,
            "duplicate_manager",
            "sales_team.group_sale_manager,base.group_partner_manager",
        )
        # An addon of the OCA keeps merging to groups of its own.
        manager.group_ids += cls.env.ref("base.action_partner_merge").group_ids
        return manager

    @classmethod
    def _create_lead(cls, user, **values):
        """Create a lead as a user does in the form, who owns it unless told otherwise.

        :return: the lead, as the superuser sees it
        """
        lead = (
            cls.env["crm.lead"]
            .with_user(user)
            .create({"type": "lead", "partner_name": "Acme", **values})
        )
        return lead.with_env(cls.env)

    @contextmanager
    def read_only(self):
        """Make the database refuse to write."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            self.env.invalidate_all()
            yield
        finally:
            savepoint.close(rollback=True)

    def _refuse_to_write(self, refused):
        """Let a lead be refused whatever is written, as another module may do."""
        model = self.registry["crm.lead"]
        write = model.write

        def refuse(leads, vals):
            if refused in leads:
                raise ValidationError("Not this one")
            return write(leads, vals)

        return patch.object(model, "write", refuse)
