from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged, users
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class TestCampaignCommon(TestLeadManagementCommon):
    """A campaign with the shared statuses, and one with statuses of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fair, cls.webinar = cls.env["utm.campaign"].create(
            [{"title": "Fair"}, {"title": "Webinar"}]
        )
        cls.sent = cls.env.ref("lead_management_campaign.crm_lead_campaign_status_sent")
        cls.opened = cls.env.ref(
            "lead_management_campaign.crm_lead_campaign_status_opened"
        )
        cls.responded = cls.env.ref(
            "lead_management_campaign.crm_lead_campaign_status_responded"
        )
        cls.invited, cls.attended = cls.env["crm.lead.campaign.status"].create(
            [
                {"name": "Invited", "campaign_id": cls.webinar.id, "sequence": 1},
                {
                    "name": "Attended",
                    "campaign_id": cls.webinar.id,
                    "sequence": 2,
                    "category": "responded",
                    "is_response": True,
                },
            ]
        )

    def _members(self, record):
        return [
            (member.campaign_id, member.status_id)
            for member in record.campaign_member_ids.sorted("id")
        ]


@tagged("post_install", "-at_install", "lead_campaign")
class TestCampaignMember(TestCampaignCommon):
    """Who is in which campaign, and how they got there."""

    def test_lead_that_comes_from_a_campaign_is_a_response(self):
        lead = self._create_lead(self.user_sales_salesman, campaign_id=self.fair.id)
        self.assertEqual(self._members(lead), [(self.fair, self.responded)])
        member = lead.campaign_member_ids
        self.assertTrue(member.date_added and member.date_response)

    def test_lead_written_into_another_campaign_keeps_the_first_one(self):
        lead = self._create_lead(self.user_sales_salesman, campaign_id=self.fair.id)
        lead.with_user(self.user_sales_salesman).campaign_id = self.webinar
        self.assertEqual(
            self._members(lead),
            [(self.fair, self.responded), (self.webinar, self.attended)],
        )
        lead.campaign_id = False
        self.assertEqual(len(lead.campaign_member_ids), 2)

    def test_same_campaign_again_leaves_what_a_person_set(self):
        lead = self._create_lead(self.user_sales_salesman, campaign_id=self.fair.id)
        lead.campaign_member_ids.status_id = self.sent
        lead.write({"campaign_id": self.fair.id, "city": "Rome"})
        self.assertEqual(self._members(lead), [(self.fair, self.sent)])

    @users("user_sales_salesman")
    def test_adding_twice_is_adding_once(self):
        leads = self.env["crm.lead"].browse(self.lead_own.id)
        leads |= leads.create({"name": "Other"})
        members = leads._add_to_campaign(self.fair)
        self.assertEqual(members.lead_id, leads)
        self.assertEqual(members.status_id, self.sent)
        self.assertFalse(any(members.mapped("date_response")))
        self.assertEqual(leads._add_to_campaign(self.fair), members)
        self.assertEqual(leads._add_to_campaign(self.fair, self.opened), members)
        self.assertEqual(members.status_id, self.opened)

    def test_members_never_move_back_by_themselves(self):
        member = self.lead_own._add_to_campaign(self.fair, self.responded)
        self.lead_own._add_to_campaign(self.fair, self.opened)
        self.assertEqual(member.status_id, self.responded)

    def test_first_status_of_the_campaign_own_ones_first(self):
        self.assertEqual(
            self.lead_own._add_to_campaign(self.webinar).status_id, self.invited
        )

    def test_status_of_another_campaign_is_refused(self):
        member = self.lead_own._add_to_campaign(self.fair)
        with self.assertRaisesRegex(ValidationError, "Invited.*another campaign.*Fair"):
            member.status_id = self.invited

    def test_dates_tell_the_first_response(self):
        member = self.lead_own._add_to_campaign(self.fair)
        self.assertFalse(member.date_response)
        member.status_id = self.responded
        self.assertTrue(member.date_response)
        member.status_id = self.sent
        self.assertFalse(member.date_response, "It was no response after all")

    def test_lead_without_campaign_costs_no_query(self):
        vals_list = [{"name": f"Lead {number}", "type": "lead"} for number in range(5)]
        members = self.env["crm.lead.campaign.member"]
        leads = self.env["crm.lead"].create(vals_list)
        self.env.flush_all()
        with self.assertQueryCount(0):
            leads.browse(leads.ids).filtered("campaign_id")
        self.assertFalse(members.search([("lead_id", "in", leads.ids)]))

    def test_queries_do_not_grow_with_the_leads(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}", "type": "lead"} for number in range(30)]
        )
        counts = []
        leads[:1]._add_to_campaign(self.webinar)
        for some in (leads[:2], leads[2:]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._add_to_campaign(self.fair)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    @mute_logger("odoo.sql_db")
    def test_a_lead_is_in_a_campaign_once(self):
        member = self.lead_own._add_to_campaign(self.fair)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            member.create({"campaign_id": self.fair.id, "lead_id": self.lead_own.id})

    @mute_logger("odoo.sql_db")
    def test_a_member_is_somebody(self):
        members = self.env["crm.lead.campaign.member"]
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            members.create({"campaign_id": self.fair.id})

    @users("user_sales_salesman")
    def test_salesman_adds_by_hand_on_the_lead(self):
        with (
            Form(self.env["crm.lead"].browse(self.lead_own.id)) as form,
            form.campaign_member_ids.new() as line,
        ):
            line.campaign_id = self.webinar.with_env(self.env)
            self.assertEqual(line.status_id, self.invited)
        self.assertEqual(self._members(self.lead_own), [(self.webinar, self.invited)])

    def test_bulk_adds_the_selected(self):
        leads = self.lead_own | self._create_lead(self.user_sales_salesman)
        self.lead_own._add_to_campaign(self.fair)
        wizard = (
            self.env["crm.lead.campaign.add"]
            .with_user(self.user_sales_salesman)
            .with_context(active_model="crm.lead", active_ids=leads.ids)
            .create({"campaign_id": self.fair.id})
        )
        self.assertEqual(wizard.status_id, self.sent)
        message = wizard.action_add()["params"]["message"]
        self.assertIn("1 added, 1 were in it already", message)
        self.assertEqual(self.fair.member_ids.lead_id, leads)

    def test_bulk_without_selection_says_what_to_do(self):
        wizard = self.env["crm.lead.campaign.add"].create({"campaign_id": self.fair.id})
        with self.assertRaisesRegex(UserError, "Select leads or contacts"):
            wizard.action_add()


@tagged("post_install", "-at_install", "lead_campaign")
class TestCampaignContact(TestCampaignCommon):
    """The contact keeps the history of the lead it was, and gives it back at undo."""

    def test_membership_follows_to_the_contact_and_back(self):
        for target in ("account", "opportunity"):
            lead = self._create_lead(
                self.user_sales_salesman,
                contact_last_name=target,
                partner_name=f"Firm {target}",
                campaign_id=self.fair.id,
            )
            salesman_lead = lead.with_user(self.user_sales_salesman)
            [result] = salesman_lead.convert_lead(target)
            contact = self.env["res.partner"].browse(result["contact_id"])
            self.assertEqual(self._members(contact), [(self.fair, self.responded)])
            self.assertEqual(contact.campaign_member_ids.lead_id, lead)
            salesman_lead.conversion_id.action_undo()
            self.assertFalse(contact.exists())
            self.assertEqual(self._members(lead), [(self.fair, self.responded)])

    def test_contact_that_is_a_member_keeps_one_membership(self):
        contact = self.env["res.partner"].create({"name": "Jane Doe"})
        contact._add_to_campaign(self.fair)
        self.lead_own._add_to_campaign(self.fair, self.responded)
        self.lead_own.with_user(self.user_sales_salesman).convert_lead(
            contact_id=contact.id
        )
        self.assertEqual(self._members(contact), [(self.fair, self.responded)])
        self.assertEqual(self._members(self.lead_own), [(self.fair, self.responded)])

    def test_new_lead_of_a_contact_joins_its_membership(self):
        contact = self.env["res.partner"].create({"name": "Jane Doe"})
        member = contact._add_to_campaign(self.fair)
        lead = self._create_lead(
            self.user_sales_salesman, partner_id=contact.id, campaign_id=self.fair.id
        )
        self.assertEqual(lead.campaign_member_ids, member)
        self.assertEqual(member.status_id, self.responded)
        second = self._create_lead(
            self.user_sales_salesman, partner_id=contact.id, campaign_id=self.fair.id
        )
        self.assertFalse(second.campaign_member_ids.partner_id)
        self.assertEqual(self.fair.member_count, 2)

    def test_merge_leaves_one_membership_a_campaign(self):
        leads = self.lead_own | self._create_lead(self.user_sales_salesman)
        first, second = leads
        first._add_to_campaign(self.fair)
        second._add_to_campaign(self.fair, self.responded)
        second._add_to_campaign(self.webinar)
        added = min(leads.campaign_member_ids.mapped("date_added"))
        kept = leads.with_user(self.user_sales_salesman).merge_opportunity()
        self.assertCountEqual(
            self._members(kept),
            [(self.fair, self.responded), (self.webinar, self.invited)],
        )
        self.assertEqual(min(kept.campaign_member_ids.mapped("date_added")), added)

    def test_merged_contacts_have_one_membership_and_leads_keep_theirs(self):
        contacts = self.env["res.partner"].create([{"name": "Jane"}, {"name": "J. D."}])
        lead = self._create_lead(self.user_sales_salesman, partner_id=contacts[0].id)
        lead._add_to_campaign(self.fair, self.responded)
        contacts[1]._add_to_campaign(self.fair)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(contacts.ids, contacts[1])
        self.assertEqual(self._members(contacts[1]), [(self.fair, self.responded)])
        self.assertEqual(lead.campaign_member_ids.campaign_id, self.fair)

    def test_deleted_lead_leaves_the_contact_its_history(self):
        contact = self.env["res.partner"].create({"name": "Jane"})
        lead = self._create_lead(self.user_sales_salesman, partner_id=contact.id)
        alone = self._create_lead(self.user_sales_salesman)
        (lead | alone)._add_to_campaign(self.fair)
        (lead | alone).unlink()
        self.assertEqual(self.fair.member_ids.partner_id, contact)
        contact.unlink()
        self.assertFalse(self.fair.member_ids)

    def test_campaign_in_the_history_of_leads_stays(self):
        self.lead_own._add_to_campaign(self.webinar)
        with self.assertRaisesRegex(UserError, "Webinar.*Archive it"):
            self.webinar.unlink()
        self.webinar.active = False
        self.assertTrue(self.lead_own.campaign_member_ids)

    def test_deleted_campaign_takes_its_statuses(self):
        self.lead_own._add_to_campaign(self.webinar)
        self.lead_own.campaign_member_ids.unlink()
        self.webinar.unlink()
        self.assertFalse(self.invited.exists())


@tagged("post_install", "-at_install", "lead_campaign")
class TestCampaignResults(TestCampaignCommon):
    """What the campaign form says, checked by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.env["crm.lead"].union(
            *(
                cls._create_lead(
                    cls.user_sales_salesman, contact_last_name=f"Lead {number}"
                )
                for number in range(4)
            )
        )
        cls.leads._add_to_campaign(cls.fair)
        cls.contact = cls.env["res.partner"].create({"name": "Somebody"})
        cls.contact._add_to_campaign(cls.fair, cls.responded)
        cls.leads[0].campaign_member_ids.status_id = cls.responded
        cls.leads[0].with_user(cls.user_sales_salesman).convert_lead("opportunity")
        cls.leads[0].action_set_won()
        cls.leads[1].with_user(cls.user_sales_salesman).convert_lead("account")
        cls.fair.lead_cost = 100

    def test_numbers(self):
        self.assertEqual(self.fair.member_count, 5)
        self.assertEqual(self.fair.response_count, 2)
        self.assertAlmostEqual(self.fair.response_rate, 0.4)
        self.assertEqual(self.fair.lead_member_count, 4)
        self.assertEqual(self.fair.converted_count, 2)
        self.assertAlmostEqual(self.fair.conversion_rate, 0.5)
        self.assertEqual(self.fair.won_count, 1)
        self.assertAlmostEqual(self.fair.cost_per_lead, 25)
        self.assertAlmostEqual(self.fair.cost_per_conversion, 50)
        self.assertFalse(self.webinar.response_rate)

    def test_queries_do_not_grow_with_the_campaigns(self):
        campaigns = self.env["utm.campaign"].create(
            [{"title": f"Campaign {number}"} for number in range(10)]
        )
        (campaigns | self.fair).mapped("member_count")
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            (campaigns | self.fair).mapped("member_count")

    def test_salesman_counts_the_members_he_may_see(self):
        self.leads[2:].user_id = self.user_sales_leads
        fair = self.fair.with_user(self.user_sales_salesman)
        self.assertEqual(fair.lead_member_count, 2)
        self.assertEqual(self.fair.lead_member_count, 4)

    def test_employee_without_sales_sees_the_campaign_without_results(self):
        employee = new_test_user(self.env, "campaign_employee", "base.group_user")
        fair = self.fair.with_user(employee)
        self.assertTrue(fair.read(["title"]))
        with self.assertRaises(AccessError):
            fair.read(["member_count"])


@tagged("post_install", "-at_install", "lead_campaign", "lead_access")
class TestCampaignAccess(TestCampaignCommon):
    """Who may see and change which members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_lead(cls.user_sales_leads)
        cls.member_own = cls.lead_own._add_to_campaign(cls.fair)
        cls.member_other = cls.other._add_to_campaign(cls.fair)

    @users("user_sales_salesman")
    def test_salesman_finds_and_changes_members_of_his_leads_only(self):
        members = self.env["crm.lead.campaign.member"].search(
            [("campaign_id", "=", self.fair.id)]
        )
        self.assertEqual(members, self.member_own)
        members.status_id = self.opened
        other = self.member_other.with_env(self.env)
        for forbidden in (
            lambda: other.read(["status_id"]),
            lambda: other.write({"status_id": self.opened.id}),
            other.unlink,
            lambda: other.create(
                {"campaign_id": self.webinar.id, "lead_id": self.other.id}
            ),
            lambda: self.other.with_env(self.env)._add_to_campaign(self.webinar),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_hidden_lead_is_not_named(self):
        hidden = self._create_lead(self.user_sales_leads)
        with self.assertRaises(UserError) as caught:
            self.env["crm.lead.campaign.member"].with_user(
                self.user_sales_salesman
            ).create(
                {
                    "campaign_id": self.fair.id,
                    "lead_id": hidden.id,
                    "status_id": self.invited.id,
                }
            )
        self.assertNotIn(hidden.name, str(caught.exception))

    def test_a_member_can_not_be_passed_to_a_lead_of_others(self):
        member = self.member_own.with_user(self.user_sales_salesman)
        self.member_other.unlink()
        with self.assertRaises(AccessError):
            member.lead_id = self.other.id

    def test_a_rule_on_leads_counts_for_members(self):
        self.env["ir.rule"].create(
            {
                "name": "Nobody reads this lead",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": f"[('id', '!=', {self.other.id})]",
            }
        )
        members = self.env["crm.lead.campaign.member"].with_user(self.user_sales_leads)
        found = members.search([("campaign_id", "=", self.fair.id)])
        self.assertEqual(found, self.member_own)
        self.assertFalse(
            self.member_other.with_user(self.user_sales_leads).has_access("read")
        )

    def test_members_stay_in_their_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.other.write({"company_id": company.id, "user_id": False, "team_id": False})
        members = self.env["crm.lead.campaign.member"].with_user(self.user_sales_leads)
        found = members.search([("campaign_id", "=", self.fair.id)])
        self.assertEqual(found, self.member_own)

    def test_contact_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        contacts = self.env["res.partner"].create(
            [{"name": "Theirs", "company_id": company.id}, {"name": "Everybody's"}]
        )
        contacts._add_to_campaign(self.webinar)
        members = self.env["crm.lead.campaign.member"].with_user(
            self.user_sales_salesman
        )
        found = members.search([("campaign_id", "=", self.webinar.id)])
        self.assertEqual(found.partner_id, contacts[1])

    @users("user_sales_salesman")
    def test_salesman_can_not_change_statuses(self):
        with self.assertRaises(AccessError):
            self.sent.with_env(self.env).name = "Changed"

    def test_status_in_use_and_the_last_shared_one_stay(self):
        with self.assertRaisesRegex(UserError, "in use"):
            self.sent.unlink()
        shared = self.env["crm.lead.campaign.status"].search(
            [("campaign_id", "=", False)]
        )
        with self.assertRaisesRegex(ValidationError, "Keep at least one"):
            shared.active = False
