from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from odoo.addons.crm.tests.common import TestCrmCommon


class TestLeadManagementCommon(TestCrmCommon):
    """Two salesmen, a manager and leads of their own, on crm's test organization.

    * `user_sales_salesman` sees his own leads, `user_sales_leads` all leads,
      `user_sales_manager` manages;
    * `lead_own` is a lead the salesman made for himself, back at the start of the path:
      New.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        statuses = cls.env["crm.lead.status"]
        cls.status_new = statuses._get_of_category("new")
        cls.status_assigned = statuses._get_of_category("assigned")
        cls.status_in_process = statuses._get_of_category("in_process")
        cls.status_converted = statuses._get_of_category("converted")
        cls.status_recycled = statuses._get_of_category("recycled")
        cls.status_dead = statuses._get_of_category("dead")
        # An account of Odoo's demo data, which leads of the tests would be taken for
        acme = cls.env["res.partner"].search([("account_key", "=like", "acme%")])
        acme.write({"name": "Demo Account", "email": False, "website": False})
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too expensive"})
        cls.lead_own = cls._create_lead(
            cls.user_sales_salesman, contact_first_name="Jane", contact_last_name="Doe"
        )
        cls.lead_own.status_id = cls.status_new

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

    @classmethod
    def _archive_assignment_rules(cls):
        """Put the rules away that are there, for a test's own: one a company is active,
        which the database checks at once."""
        rules = cls.env["crm.lead.assignment.rule"].search([])
        rules.active = False
        rules.flush_recordset()

    def _refuse_to_write(self, refused):
        """Let a lead be refused whatever is written, as another module may do."""
        model = self.registry["crm.lead"]
        write = model.write

        def refuse(leads, vals):
            if refused in leads:
                raise ValidationError("Not this one")
            return write(leads, vals)

        return patch.object(model, "write", refuse)
