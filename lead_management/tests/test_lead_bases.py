from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestLeadBases(TransactionCase):
    """What leads are made of is told without being worked out anew."""

    def test_order_is_that_of_python(self):
        for name in ("crm.lead", "crm.lead.status"):
            model = self.registry[name]
            self.assertEqual(model.mro(), type.mro(model))

    def test_list_is_the_callers_own(self):
        self.registry["crm.lead"].mro().clear()
        self.assertTrue(self.registry["crm.lead"].mro())

    def test_no_client_can_ask_for_it(self):
        with self.assertRaises(AccessError):
            get_public_method(self.env["crm.lead"], "mro")
