from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import TestLeadManagementCommon

OPERATIONS = ("read", "write", "create", "unlink")
# What each role may do: r(ead), w(rite), c(reate), u(nlink).
ROLES = ("own", "all", "manager", "admin", "employee", "portal", "public")
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
    "crm.lead.feed": ("r", "r", "rwcu", "rwcu", "", "", ""),
    "crm.lead.feed.item": ("r", "r", "rwcu", "rwcu", "", "", ""),
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
OURS = "lead_management"  # addons of the house begin so
# A model of Odoo's own, which other addons may open to more people
INDUSTRY = "res.partner.industry"
# What is written to records whose name is not to be written
CHANGES = {
    "crm.lead.assignee": {"capacity": 7},
    "crm.lead.campaign.member": {"date_added": "2026-01-01"},
    "crm.lead.capture.field": {"label": "Firm"},
    "crm.lead.report.schedule": {"frequency": "daily"},
}


@tagged("post_install", "-at_install", "lead_access")
class TestAccessMatrix(TestLeadManagementCommon):
    """Every role against every model and operation, with the records of that role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "own": cls.user_sales_salesman,
            "all": cls.user_sales_leads,
            "manager": cls.user_sales_manager,
            "admin": new_test_user(
                cls.env, "lead_admin", "base.group_system,sales_team.group_sale_manager"
            ),
            "employee": new_test_user(cls.env, "lead_employee", "base.group_user"),
            "portal": new_test_user(cls.env, "lead_portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def _create_record(self, subject, user):
        """Create the record that a role meets, as the superuser."""
        if subject == "crm.lead.report":
            lead = self._create_record("own lead", user)
            self.env.flush_all()
            return self.env[subject].browse(lead.id)
        model = self.env[self._get_model_name(subject)]
        if model._transient and model.with_user(user).has_access("create"):
            model = model.with_user(user)  # a dialog is whose it is
        # Nobody need be told of it.
        model = model.with_context(
            tracking_disable=True, mail_auto_subscribe_no_notify=True
        )
        return model.create(self._get_values(subject, user)).with_env(self.env)

    def _get_model_name(self, subject):
        if subject.endswith("lead"):
            return "crm.lead"
        return "utm.source" if subject.endswith("source") else subject

    def _get_values(self, subject, user):
        """Return the values of a new record of that role; no two have the same."""
        self.number = getattr(self, "number", 0) + 1
        name = f"{subject} {self.number}"
        if subject.endswith("lead"):
            other = self.user_sales_leads
            if user == other:
                other = self.user_sales_salesman
            owner = {"own lead": user, "other's lead": other}.get(subject)
            return {"name": name, "type": "lead", "user_id": owner and owner.id}
        if subject.endswith("source"):
            return {"name": name, "is_lead_source": subject == "lead source"}
        if subject in ("crm.lead.bulk.job.batch", "crm.lead.bulk.job.failure"):
            return {"job_id": self._create_record("crm.lead.bulk.job", user).id}
        make = getattr(self, f"_get_values_of_{subject.replace('.', '_')}", None)
        return make(user, name) if make else {"name": name}

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

    def _get_values_of_crm_lead_feed(self, _user, name):
        return {"name": name, "url": f"https://example.com/{self.number}"}

    def _get_values_of_crm_lead_feed_item(self, user, name):
        feed = self._create_record("crm.lead.feed", user)
        published = "2026-01-01 00:00:00"
        return {
            "feed_id": feed.id,
            "name": name,
            "guid": name,
            "published": published,
        }

    def _try(self, subject, record, operation, values):
        """Do an operation for real and undo it."""
        with self.env.cr.savepoint() as savepoint:
            if operation == "read":
                record.read(["display_name"])
                records = record.with_context(active_test=False)
                self.assertEqual(records.search([("id", "=", record.id)]), record)
            elif operation == "write":
                has_name = "name" in record._fields and not record._transient
                change = {"name": "Changed"} if has_name else {}
                record.write(CHANGES.get(subject, change))
            elif operation == "create":
                record.create(dict(values))
            else:
                record.unlink()
            self.env.flush_all()
            savepoint.rollback()

    def test_matrix(self):
        for subject, row in MATRIX.items():
            if subject == INDUSTRY and self._is_opened_by_others(subject):
                continue
            records, values = {}, {}
            for role, allowed in zip(ROLES, row, strict=True):
                user = self.users[role]
                # Whose it is makes no difference to those who may do nothing at all.
                owner = user if allowed else self.users["employee"]
                if owner not in records:
                    records[owner] = self._create_record(subject, owner)
                    values[owner] = self._get_values(subject, owner)
                record = records[owner].with_user(user)
                self.env.flush_all()
                for operation in OPERATIONS:
                    with self.subTest(role=role, subject=subject, operation=operation):
                        record.invalidate_recordset()
                        if operation[0] in allowed:
                            self._try(subject, record, operation, values[owner])
                        else:
                            with self.assertRaises(AccessError):
                                self._try(subject, record, operation, values[owner])

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

    def _is_opened_by_others(self, model_name):
        """Return whether other addons, such as the OCA's, give rights on the model."""
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", model_name)]
        )
        xml_ids = rights.get_external_id().values()
        return bool({name.split(".")[0] for name in xml_ids} - {"base", OURS})

    def _get_own_models(self):
        """Return the names of the models that addons of the house bring, whatever they
        are called."""
        return {
            name
            for name, model in self.env.registry.items()
            if (model._original_module or "").startswith(OURS) and not model._abstract
        }

    def test_every_model_of_every_addon_is_in_the_matrix(self):
        own = self._get_own_models()
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.model"), ("module", "=like", f"{OURS}%")]
        )
        declared = self.env["ir.model"].browse(data.mapped("res_id")).exists()
        self.assertLessEqual(own, set(declared.mapped("model")))
        self.assertFalse(own - MATRIX.keys(), "Models without a row")
        gone = MATRIX.keys() - self.env.registry.models.keys()
        self.assertFalse({name for name in gone if "." in name}, "Rows of no model")
