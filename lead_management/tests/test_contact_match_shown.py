from unittest.mock import patch

from odoo.tests import tagged, users

from ..models.res_partner import find_contact
from .test_account_match_shown import MatchShownCase


@tagged("post_install", "-at_install", "lead_account_match")
class TestContactMatchShown(MatchShownCase):
    """Which contacts a lead's person may be, as the form shows them."""

    @users("user_sales_salesman")
    def test_contact_of_same_email_is_shown(self):
        answer = self._ask(email_from="Ida <IDA@moss.example.com>")
        self.assertEqual([c["id"] for c in answer["contacts"]], self.contact.ids)
        self.assertEqual(answer["contacts"][0]["reasons"], ["same email"])

    @users("user_sales_salesman")
    def test_contact_of_same_name_is_shown_under_the_account_only(self):
        answer = self._ask(partner_name="Zephyrtronic", contact_name="ida  moss")
        self.assertEqual([c["id"] for c in answer["contacts"]], self.contact.ids)
        self.assertFalse(
            self._ask(partner_name="Marblewind", contact_name="Ida Moss")["contacts"]
        )
        answer = self._ask(
            partner_name="Zephyrtronic",
            contact_first_name="Ida",
            contact_last_name="Moss",
        )
        self.assertEqual([c["id"] for c in answer["contacts"]], self.contact.ids)
        answer = self._ask(account_id=self.account.id, contact_name="Ida Moss")
        self.assertEqual([c["id"] for c in answer["contacts"]], self.contact.ids)
        self.assertFalse(answer["accounts"], "the account is chosen")

    @users("user_sales_salesman")
    def test_contact_is_found_as_an_open_lead_of_the_person_would_be(self):
        self.contact.sudo().phone = "+1 202 555 0123"
        for values, reasons in (
            ({"email_from": "ida+fair@moss.example.com"}, ["same email"]),
            (
                {"phone": "+1 (202) 555-0123", "contact_name": "Moss, Ida"},
                ["same phone", "same name", "same company"],
            ),
            (
                {"account_id": self.account.id, "contact_name": "I. Moss"},
                ["similar name", "same company"],
            ),
        ):
            with self.subTest(values):
                [found] = self._ask(partner_name="Other", **values)["contacts"]
                self.assertEqual(found["id"], self.contact.id)
                self.assertEqual(found["reasons"], reasons)
        # Several people read one mailbox, and share one number.
        self.contact.sudo().email = "info@moss.example.com"
        self.assertFalse(
            self._ask(
                partner_name="Other",
                contact_name="Bob Reed",
                email_from="info@moss.example.com",
                phone="+1 202 555 0123",
            )["contacts"]
        )

    @users("user_sales_salesman")
    def test_shared_number_hides_nobody_of_the_same_address(self):
        values = {"phone": "+1 202 555 0123", "parent_id": self.account.id}
        self.env["res.partner"].sudo().create(
            [{"name": f"Desk {number}", **values} for number in range(4)]
        )
        late = (
            self.env["res.partner"]
            .sudo()
            .create({"name": "Noa Late", "email": "noa@late.example.com"})
        )
        with patch.object(find_contact, "LOOKED_AT", 3):
            found = self._ask(
                contact_name="Noa Late",
                email_from="noa@late.example.com",
                phone="+1 202 555 0123",
            )
        self.assertEqual(found["contacts"][0]["id"], late.id)

    @users("user_sales_salesman")
    def test_shared_number_hides_nobody_of_the_same_name(self):
        self.contact.sudo().phone = "+1 202 555 0123"
        values = {"phone": "+1 202 555 0123", "active": True}
        self.env["res.partner"].sudo().create(
            [
                {"name": name, "type": "other", **values}
                # Other addresses may have no name.
                for name in (*(f"Desk {number}" for number in range(4)), *[False] * 4)
            ]
        )
        late = self.env["res.partner"].sudo().create({"name": "Noa Late", **values})
        with patch.object(find_contact, "LOOKED_AT", 3):
            found = self._ask(contact_name="Late, Noa", phone="+1 202 555 0123")
        self.assertEqual(found["contacts"][0]["id"], late.id)

    @users("user_sales_salesman")
    def test_signs_of_patterns_are_letters_of_a_name(self):
        for name in ("%", "_da ____", "Ida\\"):
            answer = self._ask(account_id=self.account.id, contact_name=name)
            self.assertFalse(answer["contacts"], name)

    @users("user_sales_salesman")
    def test_hidden_contact_is_counted_and_never_named(self):
        self.contact.sudo().write({"parent_id": False, "company_id": self.company_b.id})
        answer = self._ask(email_from="ida@moss.example.com")
        self.assertEqual(
            answer,
            {
                "accounts": [],
                "account_count": 0,
                "contacts": [],
                "contact_count": 0,
                "hidden": 1,
            },
        )
