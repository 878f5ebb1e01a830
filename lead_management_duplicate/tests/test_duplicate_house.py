from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestDuplicateAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.account.duplicate": ("r", "r", "r", "r", "", "", ""),
    }

    def _get_values_of_crm_account_duplicate(self, _user, name):
        companies = [{"name": name, "is_company": True}] * 2
        accounts = self.env["res.partner"].create(companies)
        return {"account_ids": [Command.set(accounts.ids)]}


@tagged("post_install", "-at_install", "lead_words")
class TestDuplicateWords(words.WordsCase):
    pass
