from odoo.tests import TransactionCase, tagged
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
