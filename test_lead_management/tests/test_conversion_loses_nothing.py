from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionLosesNothing(ConversionCase):
    """What is around the lead can be reached from the result."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead.tag_ids = cls.env["crm.tag"].create({"name": "Trade fair"})
        cls.activity = cls.lead.activity_schedule(
            "mail.mail_activity_data_call", user_id=cls.user_sales_salesman.id
        )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"plan",
                "res_model": "crm.lead",
                "res_id": cls.lead.id,
            }
        )
        cls.event = cls.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "opportunity_id": cls.lead.id,
            }
        )
        cls.lead.message_subscribe(cls.user_sales_leads.partner_id.ids)
        cls.campaign = cls.env["utm.campaign"].create({"name": "Trade fair 2030"})
        cls.lead._add_to_campaign(cls.campaign)

    @users("user_sales_salesman")
    def test_open_activities_move_to_the_contact(self):
        _account, contact, _opportunity, _conversion = self._convert()
        self.assertEqual(contact.activity_ids, self.activity)

    @users("user_sales_salesman")
    def test_files_are_copied_to_the_contact(self):
        _account, contact, _opportunity, _conversion = self._convert()
        copy = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        )
        self.assertEqual(copy.raw, b"plan")
        self.assertEqual(copy.name, "plan.txt")

    @users("user_sales_salesman")
    def test_meetings_get_the_contact_without_mail(self):
        with self.mock_mail_gateway():
            _account, contact, _opportunity, _conversion = self._convert()
            self.env.flush_all()
        self.assertIn(contact, self.event.partner_ids)
        self.assertFalse(self._new_mails)

    @users("user_sales_salesman")
    def test_followers_follow_the_contact(self):
        _account, contact, _opportunity, _conversion = self._convert()
        self.assertIn(
            self.user_sales_leads.partner_id, contact.sudo().message_partner_ids
        )

    @users("user_sales_salesman")
    def test_tags_become_tags_of_the_account(self):
        account, _contact, _opportunity, _conversion = self._convert()
        self.assertEqual(account.category_id.mapped("name"), ["Trade fair"])

    @users("user_sales_salesman")
    def test_campaigns_are_those_of_the_contact(self):
        _account, contact, _opportunity, conversion = self._convert()
        self.assertEqual(contact.campaign_member_ids.campaign_id, self.campaign)
        conversion.action_undo()
        self.assertFalse(contact.exists())
        self.assertEqual(self.lead.campaign_member_ids.campaign_id, self.campaign)

    @users("user_sales_salesman")
    def test_what_was_written_in_the_chatter_stays_within_reach(self):
        self.lead.with_env(self.env).message_post(body="Wants to know the price")
        account, _contact, _opportunity, _conversion = self._convert()
        link = f'data-oe-id="{self.lead.id}"'
        self.assertIn(link, account.message_ids[0].body)
        lead = self.lead.with_env(self.env)
        self.assertIn("the price", " ".join(lead.message_ids.mapped("body")))

    @users("user_sales_salesman")
    def test_links_lead_both_ways(self):
        account, contact, _opportunity, _conversion = self._convert()
        for partner in account | contact:
            self.assertIn(f'data-oe-id="{self.lead.id}"', partner.message_ids[0].body)
        body = self.lead.with_env(self.env).message_ids[0].body
        self.assertIn(f'data-oe-id="{account.id}"', body)
        self.assertIn(f'data-oe-id="{contact.id}"', body)

    @users("user_sales_salesman")
    def test_everything_stays_on_an_opportunity(self):
        _account, contact, opportunity, _conversion = self._convert(
            target="opportunity"
        )
        self.assertEqual(opportunity.activity_ids, self.activity)
        self.assertEqual(self.file.res_id, opportunity.id)
        self.assertEqual(self.event.opportunity_id, opportunity)
        self.assertEqual(opportunity.tag_ids.mapped("name"), ["Trade fair"])
        self.assertIn(self.user_sales_leads.partner_id, opportunity.message_partner_ids)
        members = opportunity.campaign_member_ids
        self.assertEqual(members.campaign_id, self.campaign)
        self.assertEqual(members.partner_id, contact)

    @users("user_sales_salesman")
    def test_everything_goes_to_an_existing_opportunity(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        _account, contact, _opportunity, conversion = self._convert(
            target="opportunity", opportunity_id=deal.id
        )
        self.assertEqual(self.event.opportunity_id, deal)
        self.assertEqual(deal.tag_ids.mapped("name"), ["Trade fair"])
        self.assertEqual(deal.activity_ids, self.activity)
        copy = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "=", deal.id)]
        )
        self.assertEqual(copy.raw, b"plan")
        self.assertIn(self.user_sales_leads.partner_id, deal.message_partner_ids)
        self.assertEqual(contact.campaign_member_ids.campaign_id, self.campaign)
        self.assertIn(f'data-oe-id="{self.lead.id}"', deal.message_ids[0].body)
        conversion.action_undo()
        lead = self.lead.with_env(self.env)
        self.assertEqual(self.event.opportunity_id, lead)
        self.assertEqual(lead.activity_ids, self.activity)
        self.assertFalse(deal.tag_ids)
        self.assertFalse(copy.exists())
        self.assertEqual(self.file.res_id, lead.id)
