from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestCaptureAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.capture.form": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.field": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.consent": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.key": ("", "", "rwu", "rwu", "", "", ""),
        "crm.lead.capture.submission": ("", "", "rwu", "rwu", "", "", ""),
        "crm.lead.consent": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.capture.code": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.erase": ("", "", "rwcu", "rwcu", "", "", ""),
    }
    CHANGES = {
        "crm.lead.capture.field": {"label": "Firm"},
    }

    def _get_values_of_crm_lead_capture_code(self, user, _name):
        return {"form_id": self._create_record("crm.lead.capture.form", user).id}

    def _get_values_of_crm_lead_capture_erase(self, _user, _name):
        return {"email": "jane@example.com"}

    def _get_values_of_crm_lead_capture_field(self, user, _name):
        form = self._create_record("crm.lead.capture.form", user)
        form.field_ids.unlink()
        return {"form_id": form.id, "key": "company"}

    def _get_values_of_crm_lead_capture_key(self, user, name):
        form = self._create_record("crm.lead.capture.form", user)
        return {"form_id": form.id, "name": name, "digest": name}

    def _get_values_of_crm_lead_capture_consent(self, user, name):
        form = self._create_record("crm.lead.capture.form", user)
        return {"form_id": form.id, "name": name, "text": name}

    def _get_values_of_crm_lead_capture_submission(self, user, name):
        form = self._create_record("crm.lead.capture.form", user)
        return {"form_id": form.id, "name": name}

    def _get_values_of_crm_lead_consent(self, user, name):
        lead = self._create_record("own lead", user)
        agreed = "2026-01-01 00:00:00"
        return {"lead_id": lead.id, "name": name, "text": name, "agreed_date": agreed}


@tagged("post_install", "-at_install", "lead_words")
class TestCaptureWords(words.WordsCase):
    NEVER_ONE = {"days", "leads"}  # of boxes that a number is entered into
