from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestConsentAccess(access.AccessCase):
    MATRIX = {
        #                            own   all   manager admin employee portal public
        "crm.lead.consent.purpose": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.consent.state": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.consent.event": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.consent.ask": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }
    CHANGES = {
        "crm.lead.consent.state": {"state": "confirmed"},
        "crm.lead.consent.event": {"kind": "confirms"},
    }

    def _get_values_of_crm_lead_consent_purpose(self, _user, name):
        return {"name": name, "text": name}

    def _get_values_of_crm_lead_consent_ask(self, user, _name):
        return {"purpose_id": self._create_record("crm.lead.consent.purpose", user).id}

    def _get_values_of_crm_lead_consent_state(self, user, name):
        email = f"{name.replace(' ', '.')}@example.com"
        self._create_record("own lead", user).email_from = email
        return {
            "email_normalized": email,
            "purpose_id": self._create_record("crm.lead.consent.purpose", user).id,
            "date": "2026-01-01 00:00:00",
        }

    def _get_values_of_crm_lead_consent_event(self, user, _name):
        return {
            "state_id": self._create_record("crm.lead.consent.state", user).id,
            "kind": "checked",
            "how": "form",
            "date": "2026-01-01 00:00:00",
        }


@tagged("post_install", "-at_install", "lead_words")
class TestConsentWords(words.WordsCase):
    pass
