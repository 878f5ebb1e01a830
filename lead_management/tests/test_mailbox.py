from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import SQL

from ..tools import mailbox


@tagged("post_install", "-at_install")
class TestMailbox(TransactionCase):
    """E-mail addresses of one mailbox are one, wherever leads are compared."""

    def test_mailbox_is_folded_alike_in_python_and_the_database(self):
        addresses = {
            "jane@x.example.com": "jane@x.example.com",
            "jane+a+b@x.example.com": "jane@x.example.com",
            "j.ane@x.example.com": "j.ane@x.example.com",
            "j.a.ne+x@gmail.com": "jane@gmail.com",
            "jane@googlemail.com": "jane@gmail.com",
            "+jane@x.example.com": "+jane@x.example.com",
            "+jane@gmail.com": "+jane@gmail.com",
        }
        for address, folded in addresses.items():
            self.assertEqual(mailbox.fold(address), folded)
            [(found,)] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM (SELECT %s AS email_normalized) AS lead",
                    SQL(mailbox.MAILBOX),
                    address,
                )
            )
            self.assertEqual(found, folded)


@tagged("post_install", "-at_install")
class TestMailboxNames(BaseCase):
    def test_spellings_of_one_mailbox(self):
        for address, folded in {
            "jane+a+b@x.example.com": "jane@x.example.com",
            "j.ane@x.example.com": "j.ane@x.example.com",
            "j.a.ne+x@gmail.com": "jane@gmail.com",
            "j.ane@googlemail.com": "jane@gmail.com",
            "+jane@x.example.com": "+jane@x.example.com",
            "jane": "jane@",
            "": "",
        }.items():
            self.assertEqual(mailbox.fold(address), folded)

    def test_mailboxes_that_several_people_read(self):
        for address, is_shared in {
            "info@x.example.com": True,
            "jane@info.example.com": False,
            "info": True,
        }.items():
            self.assertEqual(mailbox.is_shared(address), is_shared)
