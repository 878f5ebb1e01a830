from odoo.fields import Command
from odoo.tests import tagged

from . import access


@tagged("post_install", "-at_install", "lead_access")
class TestAccessMatrix(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.status": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.rating": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.star.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion.mapping": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.report": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.report.schedule": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "lead source": ("r", "r", "rwcu", "rwcu", "r", "", ""),
        "other source": ("rwc", "rwc", "rwcu", "rwcu", "rwc", "", ""),
        "res.partner.industry": ("r", "r", "rwcu", "rwcu", "r", "", ""),
        "own lead": ("rwc", "rwc", "rwcu", "rwcu", "", "", ""),
        "unowned lead": ("rwc", "rwc", "rwcu", "rwcu", "", "", ""),
        "other's lead": ("", "rwc", "rwcu", "rwcu", "", "", ""),
        "crm.account.key": ("", "", "", "r", "", "", ""),
        # Dialogs, everybody's own
        "crm.lead.conversion.undo": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion.trial": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion.trial.line": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.convert.value": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.recycle": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }
    NATIVE = ("res.partner.industry",)
    CHANGES = {
        "crm.lead.report.schedule": {"frequency": "daily"},
        "crm.lead.conversion.mapping": {"existing": "replace"},
    }

    def _create_record(self, subject, user):
        if subject == "crm.lead.report":
            lead = self._create_record("own lead", user)
            self.env.flush_all()
            return self.env[subject].browse(lead.id)
        return super()._create_record(subject, user)

    def _get_model_name(self, subject):
        is_source = subject.endswith("source")
        return "utm.source" if is_source else super()._get_model_name(subject)

    def _get_values_of_lead_source(self, _user, name):
        return {"name": name, "is_lead_source": True}

    def _get_values_of_crm_account_key(self, _user, name):
        return {"key": name, "date": "2026-01-01 00:00:00"}

    def _get_values_of_crm_lead_conversion_undo(self, user, _name):
        conversion = self._create_record("crm.lead.conversion", user)
        return {"conversion_ids": [Command.set(conversion.ids)]}

    def _get_values_of_crm_lead_conversion_mapping(self, _user, _name):
        return {
            "record_name": "account",
            "field_name": "ref",
            "lead_field_name": "referred",
            "active": False,  # a field has one line that is not
        }

    def _get_values_of_crm_lead_conversion_trial_line(self, user, name):
        conversion = self._create_record("crm.lead.conversion", user)
        trial = self.env["crm.lead.conversion.trial"].create({"summary": name})
        return {
            "trial_id": trial.id,
            "conversion_id": conversion.id,
            "record_name": "account",
        }

    def _get_values_of_crm_lead_conversion_trial(self, _user, name):
        return {"summary": name}

    def _get_values_of_crm_lead_convert_value(self, user, name):
        lead = self._create_record("own lead", user)
        wizards = self.env["crm.lead2opportunity.partner"].with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        if wizards.with_user(user).has_access("create"):
            wizards = wizards.with_user(user)
        wizard = wizards.create({})
        wizard.flush_recordset()  # or the lines are made anew
        return {"wizard_id": wizard.id, "record_name": "account", "field_name": "name"}

    def _get_values_of_crm_lead_recycle(self, user, name):
        lead = self._create_record("own lead", user)
        return {
            "lead_ids": [Command.set(lead.ids)],
            "status_id": self.status_recycled.id,
            "recycle_reason": name,
        }

    def _get_values_of_crm_lead_conversion(self, user, _name):
        return {"lead_id": self.lead_own.id, "user_id": user.id}

    def _get_values_of_crm_lead_report_schedule(self, user, _name):
        recipients = [Command.set(self.user_sales_manager.ids)]
        return {"user_id": user.id, "recipient_ids": recipients}
