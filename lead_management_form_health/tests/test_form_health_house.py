from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestFormHealthAccess(access.AccessCase):
    MATRIX = {
        #                          own all manager admin employee portal public
        "crm.lead.capture.visit": ("r", "r", "r", "r", "", "", ""),
    }

    def _get_values_of_crm_lead_capture_visit(self, _user, name):
        form = self.env["crm.lead.capture.form"].create({"name": name})
        return {"form_id": form.id, "date": "2030-01-01"}


@tagged("post_install", "-at_install", "lead_words")
class TestFormHealthWords(words.WordsCase):
    pass
