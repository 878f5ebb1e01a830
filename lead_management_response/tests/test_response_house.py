from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestResponseAccess(access.AccessCase):
    MATRIX = {
        #                            own   all   manager admin employee portal public
        "crm.lead.response.policy": ("r", "r", "rwcu", "rwcu", "", "", ""),
    }


@tagged("post_install", "-at_install", "lead_words")
class TestResponseWords(words.WordsCase):
    NEVER_ONE = {"%s days", "%s new leads are yours."}
