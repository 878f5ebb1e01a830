from odoo.fields import Command
from odoo.tests import tagged

from . import access


@tagged("post_install", "-at_install", "lead_access")
class TestAccessMatrix(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.status": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.import": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.rating": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.star.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.campaign.status": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.campaign.member": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue.event": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.report": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.report.schedule": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.bulk.job": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.bulk.job.batch": ("", "", "r", "r", "", "", ""),
        "crm.lead.bulk.job.failure": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.assignment.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignment.rule.entry": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignee": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.form": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.field": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.consent": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.submission": ("", "", "rwu", "rwu", "", "", ""),
        "crm.lead.consent": ("r", "r", "r", "r", "", "", ""),
        "lead source": ("r", "r", "rwcu", "rwcu", "r", "", ""),
        "other source": ("rwc", "rwc", "rwcu", "rwcu", "rwc", "", ""),
        "res.partner.industry": ("r", "r", "rwcu", "rwcu", "r", "", ""),
        "own lead": ("rwc", "rwc", "rwcu", "rwcu", "", "", ""),
        "unowned lead": ("rwc", "rwc", "rwcu", "rwcu", "", "", ""),
        "other's lead": ("", "rwc", "rwcu", "rwcu", "", "", ""),
        "crm.account.duplicate": ("r", "r", "r", "r", "", "", ""),
        "crm.account.key": ("", "", "", "r", "", "", ""),
        # Dialogs, everybody's own
        "crm.lead.bulk": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.campaign.add": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.capture.code": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.conversion.undo": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.convert.value": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue.return": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.recycle": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignment.test": ("", "", "rwc", "rwc", "", "", ""),
        "crm.lead.capture.erase": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue.archive": ("", "", "rwcu", "rwcu", "", "", ""),
    }
    NATIVE = ("res.partner.industry",)
    CHANGES = {
        "crm.lead.assignee": {"capacity": 7},
        "crm.lead.campaign.member": {"date_added": "2026-01-01"},
        "crm.lead.capture.field": {"label": "Firm"},
        "crm.lead.report.schedule": {"frequency": "daily"},
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

    def _get_values_of_crm_lead_bulk_job_batch(self, user, _name):
        return {"job_id": self._create_record("crm.lead.bulk.job", user).id}

    _get_values_of_crm_lead_bulk_job_failure = _get_values_of_crm_lead_bulk_job_batch

    def _get_values_of_crm_account_duplicate(self, _user, name):
        companies = [{"name": name, "is_company": True}] * 2
        accounts = self.env["res.partner"].create(companies)
        return {"account_ids": [Command.set(accounts.ids)]}

    def _get_values_of_crm_account_key(self, _user, name):
        return {"key": name, "date": "2026-01-01 00:00:00"}

    def _get_values_of_crm_lead_bulk(self, _user, _name):
        return {"operation": "delete", "selection": [["id", "=", 0]]}

    def _get_values_of_crm_lead_campaign_add(self, _user, name):
        return {"campaign_id": self.env["utm.campaign"].create({"title": name}).id}

    def _get_values_of_crm_lead_capture_code(self, user, _name):
        return {"form_id": self._create_record("crm.lead.capture.form", user).id}

    def _get_values_of_crm_lead_capture_erase(self, _user, _name):
        return {"email": "jane@example.com"}

    def _get_values_of_crm_lead_conversion_undo(self, user, _name):
        conversion = self._create_record("crm.lead.conversion", user)
        return {"conversion_ids": [Command.set(conversion.ids)]}

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

    def _get_values_of_crm_lead_queue_archive(self, user, _name):
        queue = self._create_record("crm.lead.queue", user)
        return {"queue_ids": [Command.set(queue.ids)]}

    def _get_values_of_crm_lead_queue_return(self, user, name):
        lead = self._create_record("own lead", user)
        queue = self._create_record("crm.lead.queue", user)
        return {"lead_ids": [Command.set(lead.ids)], "queue_id": queue.id} | {
            "reason": name
        }

    def _get_values_of_crm_lead_recycle(self, user, name):
        lead = self._create_record("own lead", user)
        return {
            "lead_ids": [Command.set(lead.ids)],
            "status_id": self.status_recycled.id,
            "recycle_reason": name,
        }

    def _get_values_of_crm_lead_assignment_test(self, user, _name):
        return {"lead_id": self._create_record("own lead", user).id}

    def _get_values_of_crm_lead_conversion(self, user, _name):
        return {"lead_id": self.lead_own.id, "user_id": user.id}

    def _get_values_of_crm_lead_campaign_member(self, user, name):
        campaign = self.env["utm.campaign"].create({"title": name})
        lead = self._create_record("own lead", user)
        return {"campaign_id": campaign.id, "lead_id": lead.id}

    def _get_values_of_crm_lead_report_schedule(self, user, _name):
        recipients = [Command.set(self.user_sales_manager.ids)]
        return {"user_id": user.id, "recipient_ids": recipients}

    def _get_values_of_crm_lead_import(self, user, name):
        return {"name": name, "user_id": user.id}

    def _get_values_of_crm_lead_queue_event(self, user, _name):
        return {
            "lead_id": self._create_record("own lead", user).id,
            "queue_id": self._create_record("crm.lead.queue", user).id,
            "kind": "claimed",
        }

    def _get_values_of_crm_lead_bulk_job(self, user, _name):
        return {"operation": "update", "user_id": user.id}

    def _get_values_of_crm_lead_assignment_rule(self, _user, name):
        return {"name": name, "active": False}

    def _get_values_of_crm_lead_assignment_rule_entry(self, user, name):
        rule = self._create_record("crm.lead.assignment.rule", user)
        seller = self.user_sales_manager
        return {"rule_id": rule.id, "name": name, "user_id": seller.id}

    def _get_values_of_crm_lead_assignee(self, _user, name):
        user = self.env["res.users"].with_context(no_reset_password=True)
        return {"user_id": user.create({"name": name, "login": name}).id}

    def _get_values_of_crm_lead_capture_field(self, user, _name):
        form = self._create_record("crm.lead.capture.form", user)
        form.field_ids.unlink()
        return {"form_id": form.id, "key": "company"}

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

    def test_bulk_work_of_another_company_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        manager = self.users["manager"]
        for subject in ("", ".batch", ".failure"):
            model = f"crm.lead.bulk.job{subject}"
            theirs = self._create_record(model, self.users["own"])
            mine = self._create_record(model, manager)
            job = theirs.job_id if subject else theirs
            for job_company, seen in ((self.env.company, True), (company, False)):
                (job | (mine.job_id if subject else mine)).company_id = job_company
                self.env.flush_all()
                self.env.invalidate_all()
                found = self.env[model].with_user(manager).search([])
                with self.subTest(model=model, company=job_company.name):
                    self.assertIn(mine, found)
                    self.assertEqual(theirs in found, seen)
