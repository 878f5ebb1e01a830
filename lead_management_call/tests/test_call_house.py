from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestCallAccess(access.AccessCase):
    MATRIX = {
        #                         own all manager admin employee portal public
        "crm.lead.call": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.call.outcome": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.call.log": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }

    def _get_values_of_crm_lead_call(self, user, name):
        lead = self.env["crm.lead"].create({"name": name, "user_id": user.id})
        return {
            "lead_id": lead.id,
            "outcome_id": self.env["crm.lead.call.outcome"].create({"name": name}).id,
        }

    def _get_values_of_crm_lead_call_log(self, user, name):
        return self._get_values_of_crm_lead_call(user, name)


@tagged("post_install", "-at_install", "lead_words")
class TestCallWords(words.WordsCase):
    pass
