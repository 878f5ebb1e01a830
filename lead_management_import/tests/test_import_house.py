from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestImportAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.import": ("r", "r", "r", "r", "", "", ""),
    }

    def _get_values_of_crm_lead_import(self, user, name):
        return {"name": name, "user_id": user.id}


@tagged("post_install", "-at_install", "lead_words")
class TestImportWords(words.WordsCase):
    pass
