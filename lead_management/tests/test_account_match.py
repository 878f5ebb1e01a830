from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "account_match")
class TestAccountMatch(TransactionCase):
    def test_x(self):
        p = self.env["res.partner"].create({"name": "Acme Rockets GmbH", "is_company": True, "website": "acmerockets.com", "email": "info@acmerockets.com", "phone": "+32 470 12 34 56", "vat": "BE0477472701"})
        self.env["res.partner"].create({"name": "International Business Machines Corp", "is_company": True})
        self.env["res.partner"].create({"name": "Jane", "parent_id": p.id, "email": "jane@acmerockets.com"})
        for v in [{"name": "Acme Rockets"}, {"name": "ACMErockets Inc"}, {"name": "Acme Rokets"}, {"name": "IBM"}, {"email": "jane@acmerockets.com"}, {"email": "bob@acmerockets.com"}, {"website": "https://www.acmerockets.com/x"}, {"phone": "+32470123456"}, {"vat": "BE 0477.472.701"}, {"name": "Acme"}, {"name": "Rockets Acme", "phone": "+32470123456"}, {}]:
            print(v, self.env["res.partner"].find_account_matches(v))
