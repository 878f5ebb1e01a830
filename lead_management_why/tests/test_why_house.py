from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestWhyAccess(access.AccessCase):
    MATRIX = {
        #                      own all manager admin employee portal public
        "crm.lead.decision": ("r", "r", "r", "r", "", "", ""),
    }

    def _get_values_of_crm_lead_decision(self, user, name):
        lead = self.env["crm.lead"].create({"name": name, "user_id": user.id})
        return {"lead_id": lead.id, "kind": "stars", "code": "none"}


@tagged("post_install", "-at_install", "lead_words")
class TestWhyWords(words.WordsCase):
    pass
