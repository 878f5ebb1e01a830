from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_picklists")
class TestPicklists(TestLeadManagementCommon):
    def _options_in_use(self):
        """Make one option of every picklist and a lead that uses them all."""
        env = self.env(su=True)
        options = [
            env["crm.lead.status"].create({"name": "Talking"}),
            env["crm.lead.rating"].create({"name": "Sleeping"}),
            env["utm.source"].create({"name": "Fair", "is_lead_source": True}),
            env["res.partner.industry"].create({"name": "Toys"}),
        ]
        status, rating, source, industry = options
        self.lead_own.write(
            {
                "status_id": status.id,
                "rating_id": rating.id,
                "source_id": source.id,
                "industry_id": industry.id,
            }
        )
        return options

    def test_shipped_options(self):
        self.assertEqual(
            self.env["utm.source"]
            .with_context(picklist_order=True)
            .search([("is_lead_source", "=", True)])
            .mapped("name"),
            [
                "Call",
                "Email",
                "Existing Customer",
                "Partner",
                "Public Relations",
                "Web Site",
                "Campaign",
                "Other",
            ],
        )
        self.assertEqual(
            self.env["crm.lead.status"].search([]).mapped("category"),
            ["new", "assigned", "in_process", "converted", "recycled", "dead"],
        )
        self.assertEqual(
            self.env["crm.lead.rating"].search([]).mapped("name"),
            ["Acquired", "Active", "Market Failed", "Project Cancelled", "Shut Down"],
        )

    @users("user_sales_manager")
    def test_used_option_is_kept_and_counted(self):
        for option in self._options_in_use():
            with (
                self.subTest(model=option._name),
                self.assertRaisesRegex(UserError, f"{option.name}.*1 × .*Archive it"),
            ):
                option.with_env(self.env).unlink()
            self.assertTrue(option.exists())

    @users("user_sales_manager")
    def test_unused_option_can_be_deleted(self):
        options = self._options_in_use()
        self.lead_own.write(
            {
                "status_id": self.status_new.id,
                "rating_id": False,
                "source_id": False,
                "industry_id": False,
            }
        )
        for option in options:
            option.with_env(self.env).unlink()
            self.assertFalse(option.exists())

    @users("user_sales_manager")
    def test_used_option_can_be_archived_renamed_and_ordered(self):
        for option in self._options_in_use():
            option = option.with_env(self.env)
            option.write({"name": "Renamed", "sequence": 1, "active": False})
            self.assertNotIn(option, option.search([]))
        self.assertTrue(self.lead_own.source_id, "the lead keeps its option")

    @users("user_sales_salesman")
    def test_salesman_only_reads(self):
        for option in self._options_in_use():
            option = option.with_env(self.env)
            self.assertTrue(option.name)
            with self.subTest(model=option._name):
                with self.assertRaises(AccessError):
                    option.write({"name": "Mine"})
                with self.assertRaises(AccessError):
                    option.create(
                        {
                            "name": "Mine",
                            **(
                                {"is_lead_source": True}
                                if option._name == "utm.source"
                                else {}
                            ),
                        }
                    )
                with self.assertRaises(AccessError):
                    option.unlink()

    @users("user_sales_salesman")
    def test_sources_of_campaigns_stay_free(self):
        source = self.env["utm.source"].create({"name": "Spring mailing"})
        source.name = "Summer mailing"
        self.assertFalse(source.is_lead_source)
        with self.assertRaises(AccessError):
            source.is_lead_source = True
