from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .test_open_leads import OpenLeadsCase

MAIL = """Return-Path: <{sender}>
To: sales.test@{domain}
From: {sender}
Subject: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Date: Tue, 29 Nov 2022 12:43:21 +0530
Message-ID: <{number}@mail.example.com>

Do you deliver to Ghent?
"""


@tagged("post_install", "-at_install", "lead_duplicate")
class TestAddTyped(OpenLeadsCase):
    """A salesperson adds what they typed for a new lead to the open one."""

    def _get_note(self, lead):
        return lead.message_ids.sorted("id")[-1].body

    @users("user_sales_salesman")
    def test_blanks_are_filled_and_nothing_is_overwritten_or_lost(self):
        ida = self.ida.with_env(self.env)
        ida.add_typed_values(
            {
                "type": "lead",
                "name": "Robots for Ghent",
                "contact_name": "Ida M. Moss",
                "phone": "+1 202 555 0199",
                "function": "Buyer",
                "city": "Ghent",
                "description": "<p>Met at the fair</p>",
                "tag_ids": [(6, 0, self.env["crm.tag"].search([], limit=1).ids)],
            }
        )
        self.assertEqual(ida.function, "Buyer")
        self.assertEqual(ida.city, "Ghent")
        self.assertEqual(ida.phone, "+1 202 555 0143", "it had one")
        self.assertEqual(ida.contact_name, "Ida Moss")
        self.assertEqual(ida.user_id, self.env.user)
        note = self._get_note(ida)
        for text in ("Robots for Ghent", "Ida M. Moss", "555 0199", "Buyer", "fair"):
            self.assertIn(text, note)

    @users("user_sales_salesman")
    def test_what_is_never_filled_is_told(self):
        ida = self.ida.with_env(self.env)
        team = self.env["crm.team"].sudo().create({"name": "Team of Ghent"})
        stars, own_team = ida.stars, ida.team_id
        ida.add_typed_values(
            {
                "stars": "4" if stars != "4" else "3",
                "team_id": team.id,
                "lead_properties": [
                    {
                        "name": "shoe_size",
                        "string": "Shoe size",
                        "type": "char",
                        "value": "43",
                    }
                ],
            }
        )
        self.assertEqual((ida.stars, ida.team_id), (stars, own_team))
        note = self._get_note(ida)
        for text in ("Stars", "Team of Ghent", "Shoe size: 43"):
            self.assertIn(text, note)

    @users("user_sales_salesman")
    def test_address_is_not_mixed(self):
        self.ida.street = "Old Street 1"
        self.ida.with_env(self.env).add_typed_values({"city": "Ghent"})
        self.assertFalse(self.ida.city)
        self.assertIn("Ghent", self._get_note(self.ida))

    @users("user_sales_salesman")
    def test_what_the_form_has_anyway_is_not_told(self):
        ida = self.ida.with_env(self.env)
        before = len(ida.message_ids)
        ida.add_typed_values({"type": "lead", "user_id": self.env.uid, "phone": False})
        self.assertEqual(len(ida.message_ids), before)

    @users("user_sales_salesman")
    def test_owner_and_status_are_not_typed(self):
        ida = self.ida.with_env(self.env)
        ida.add_typed_values(
            {"user_id": self.user_sales_leads.id, "status_id": self.status_dead.id}
        )
        self.assertEqual(ida.user_id, self.env.user)
        self.assertNotEqual(ida.status_id, self.status_dead)

    @users("user_sales_salesman")
    def test_only_to_what_one_may_change(self):
        self.ida.sudo().user_id = self.user_sales_leads
        with self.assertRaises(AccessError):
            self.ida.with_env(self.env).add_typed_values({"city": "Ghent"})
        with self.assertRaises(AccessError):
            self.lead_own.with_env(self.env).merge_into_open_lead(self.ida.id)

    @users("user_sales_salesman")
    def test_values_are_text(self):
        self.ida.with_env(self.env).add_typed_values({"function": "<b>Buyer</b>"})
        self.assertIn("&lt;b&gt;Buyer", self._get_note(self.ida))

    @users("user_sales_salesman")
    def test_lead_that_is_gone_is_said_so(self):
        gone = self.env["crm.lead"].browse(2**31 - 2)
        with self.assertRaises(UserError):
            gone.add_typed_values({"city": "Ghent"})
        with self.assertRaises(UserError):
            self.ida.with_env(self.env).merge_into_open_lead(gone.id)

    @users("user_sales_salesman")
    def test_saved_lead_is_merged(self):
        second = self.env["crm.lead"].create(
            {
                "type": "lead",
                "contact_name": "Ida Moss",
                "function": "Buyer",
                "phone": "+1 202 555 0199",
            }
        )
        action = second.merge_into_open_lead(self.ida.id)
        left = (self.ida | second).exists()
        self.assertEqual(left.ids, [action["res_id"]])
        self.assertEqual(left.function, "Buyer")
        said = "".join(left.message_ids.mapped("body"))
        self.assertIn("555 0143", f"{said}{left.phone}")
        self.assertIn("555 0199", f"{said}{left.phone}")


@tagged("post_install", "-at_install", "lead_duplicate")
class TestIncomingMail(OpenLeadsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_team_1.alias_name = "sales.test"
        cls.number = 0

    def _receive(self, sender, subject="Delivery"):
        type(self).number += 1
        mail = MAIL.format(
            sender=sender,
            subject=subject,
            number=self.number,
            domain=self.sales_team_1.alias_domain,
        )
        thread_id = self.env["mail.thread"].message_process("crm.lead", mail)
        self.env.invalidate_all()
        return self.env["crm.lead"].browse(thread_id)

    def test_certain_sender_is_added_to_the_open_lead(self):
        self._set_policy("mail", "add")
        lead = self._receive("Ida Moss <ida.moss+x@zephyrtronic.example.com>")
        self.assertEqual(lead, self.ida)
        message = lead.message_ids.sorted("id")[-1]
        self.assertIn("Ghent", message.body)
        self.assertEqual(message.message_type, "email")
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(lead.email_from, "ida.moss@zephyrtronic.example.com")

    def test_stranger_becomes_a_lead(self):
        self._set_policy("mail", "add")
        lead = self._receive("otto@elsewhere.example.com")
        self.assertNotEqual(lead, self.ida)
        self.assertEqual(lead.name, "Delivery")
        again = self._receive("Otto <otto@elsewhere.example.com>", "Second")
        self.assertEqual(again, lead)

    def test_told_is_a_new_lead_whose_form_shows_the_open_one(self):
        lead = self._receive("ida.moss@zephyrtronic.example.com")
        self.assertNotEqual(lead, self.ida)
        values = {"email_from": lead.email_from, "id": lead.id}
        leads = self.env["crm.lead"].with_user(self.user_sales_leads)
        self.assertEqual(
            [found["id"] for found in leads.find_open_leads_of_form(values)["leads"]],
            self.ida.ids,
        )
        self._set_policy("mail", "off")
        self.assertFalse(leads.find_open_leads_of_form(values)["leads"])

    def test_recycled_lead_is_taken_up_again(self):
        self._set_policy("mail", "add")
        self.ida.status_id = self.status_recycled
        self._receive("ida.moss@zephyrtronic.example.com")
        self.assertEqual(self.ida.status_id, self.status_assigned)

    def test_what_a_colleague_forwards_is_of_many_customers(self):
        self._set_policy("mail", "add")
        colleague = self.user_sales_salesman
        colleague.email = "sam@ours.example.com"
        one = self._receive("Sam <sam@ours.example.com>")
        other = self._receive("Sam <sam@ours.example.com>", "Second")
        self.assertNotEqual(one, other)

    def test_no_mail_is_lost_when_two_come_at_once(self):
        self._set_policy("mail", "add")
        with patch.object(
            type(self.env["crm.lead"]),
            "_wait_for_same",
            side_effect=SerializationFailure,
        ):
            lead = self._receive("ida.moss@zephyrtronic.example.com")
        self.assertNotEqual(lead, self.ida)
        self.assertEqual(lead.name, "Delivery")

    def test_mail_is_of_the_company_of_its_team(self):
        company = self.env["res.company"].create({"name": "Company B"})
        team = self.env["crm.team"].create({"name": "B", "company_id": company.id})
        values = self.env["crm.lead"]._get_values_of_mail(
            {"from": "ida.moss@zephyrtronic.example.com"}, {"team_id": team.id}
        )
        self.assertEqual(values["company_id"], company.id)
        [lead] = self.env["crm.lead"]._get_leads_to_add_to([values], "mail")
        self.assertFalse(lead)
