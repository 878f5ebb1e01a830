from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestHookAccess(access.AccessCase):
    MATRIX = {
        #               own all manager admin employee portal public
        "crm.lead.hook": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.hook.line": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.hook.call": ("", "", "ru", "ru", "", "", ""),
    }
    CHANGES = {"crm.lead.hook.line": {"path": "changed"}}

    def _get_values_of_crm_lead_hook(self, _user, name):
        form = self.env["crm.lead.capture.form"].create({"name": name})
        return {"name": name, "form_id": form.id}

    def _get_values_of_crm_lead_hook_line(self, user, name):
        hook = self._create_record("crm.lead.hook", user)
        return {"hook_id": hook.id, "path": name, "use": "nothing"}

    def _get_values_of_crm_lead_hook_call(self, user, name):
        return {"hook_id": self._create_record("crm.lead.hook", user).id, "body": name}


@tagged("post_install", "-at_install", "lead_words")
class TestHookWords(words.WordsCase):
    pass
