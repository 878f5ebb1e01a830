from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TestLeadManagementCommon

OPERATIONS = ("read", "write", "create", "unlink")
# What each role may do: r(ead), w(rite), c(reate), u(nlink).
ROLES = ("own", "all", "manager", "employee", "portal", "public")
MATRIX = {
    #                        own   all   manager employee portal public
    "crm.lead.status": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.conversion": ("r", "r", "r", "", "", ""),
    "crm.lead.import": ("r", "r", "r", "", "", ""),
    "crm.lead.rating": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.star.rule": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.campaign.status": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.campaign.member": ("rwcu", "rwcu", "rwcu", "", "", ""),
    "crm.lead.capture.form": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.capture.field": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.capture.consent": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.capture.submission": ("", "", "rwu", "", "", ""),
    "crm.lead.consent": ("r", "r", "r", "", "", ""),
    "crm.lead.queue": ("r", "r", "rwcu", "", "", ""),
    "crm.lead.queue.event": ("r", "r", "r", "", "", ""),
    "crm.lead.report": ("r", "r", "r", "", "", ""),
    "crm.lead.bulk.job": ("r", "r", "r", "", "", ""),
    "crm.lead.bulk.job.batch": ("", "", "r", "", "", ""),
    "crm.lead.bulk.job.failure": ("r", "r", "r", "", "", ""),
    "lead source": ("r", "r", "rwcu", "r", "", ""),
    "other source": ("rwc", "rwc", "rwcu", "rwc", "", ""),
    "res.partner.industry": ("r", "r", "rwcu", "r", "", ""),
    "own lead": ("rwc", "rwc", "rwcu", "", "", ""),
    "unowned lead": ("rwc", "rwc", "rwcu", "", "", ""),
    "other's lead": ("", "rwc", "rwcu", "", "", ""),
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
            "employee": new_test_user(cls.env, "lead_employee", "base.group_user"),
            "portal": new_test_user(cls.env, "lead_portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def _create_record(self, subject, user):
        """Create the record that a role meets, as the superuser."""
        if subject.endswith("lead"):
            owner = {
                "own lead": user.id,
                "unowned lead": False,
                "other's lead": self.user_sales_leads.id
                if user != self.user_sales_leads
                else self.user_sales_salesman.id,
            }[subject]
            values = {"name": "Fair", "type": "lead", "user_id": owner}
            return self.env["crm.lead"].create(values)
        if subject.endswith("source"):
            values = {
                "name": f"{subject} of {user.login}",
                "is_lead_source": subject == "lead source",
            }
            return self.env["utm.source"].create(values)
        if subject == "crm.lead.conversion":
            values = {"lead_id": self.lead_own.id, "user_id": user.id}
            return self.env[subject].create(values)
        if subject == "crm.lead.report":
            lead = self._create_record("own lead", user)
            self.env.flush_all()
            return self.env[subject].browse(lead.id)
        if subject == "crm.lead.campaign.member":
            lead = self._create_record("own lead", user)
            campaign = self.env["utm.campaign"].create({"title": "Fair"})
            return lead._add_to_campaign(campaign)
        if subject == "crm.lead.import":
            values = {"name": "fair.csv", "user_id": user.id}
            return self.env[subject].create(values)
        if subject == "crm.lead.queue.event":
            lead = self._create_record("own lead", user)
            queue = self._create_record("crm.lead.queue", user)
            values = {"lead_id": lead.id, "queue_id": queue.id, "kind": "claimed"}
            return self.env[subject].create(values)
        if subject.startswith("crm.lead.bulk.job"):
            job = self.env["crm.lead.bulk.job"].create(
                {"operation": "update", "user_id": user.id}
            )
            if subject != job._name:
                return self.env[subject].create({"job_id": job.id})
            return job
        if subject.startswith("crm.lead.capture.") and not subject.endswith(".form"):
            form = self._create_record("crm.lead.capture.form", user)
            if subject.endswith(".field"):
                return form.field_ids[0]
            values = {"name": "Jane", "form_id": form.id}
            if subject.endswith(".consent"):
                values["text"] = "Yes"
            return self.env[subject].create(values)
        if subject == "crm.lead.consent":
            lead = self._create_record("own lead", user)
            values = {"lead_id": lead.id, "name": "News", "text": "Yes"}
            return self.env[subject].create({**values, "agreed_date": "2026-01-01"})
        return self.env[subject].create({"name": "Option"})

    def _try(self, record, operation):
        """Do an operation for real and undo it."""
        with self.env.cr.savepoint() as savepoint:
            if operation == "read":
                record.read(["display_name"])
                self.assertEqual(record.search([("id", "=", record.id)]), record)
            elif operation == "write":
                is_member = record._name == "crm.lead.campaign.member"
                changed = "date_added" if is_member else "name"
                record.write({changed: "2026-01-01"})
            elif operation == "create" and record._name == "crm.lead.campaign.member":
                campaign = self.env["utm.campaign"].create({"title": "Other"})
                lead = record.sudo().lead_id
                record.create({"campaign_id": campaign.id, "lead_id": lead.id})
            elif operation == "create" and record._name == "crm.lead.capture.field":
                form = record.sudo().form_id
                record.create({"form_id": form.id, "key": "city"})
            elif operation == "create":
                record.create(
                    {
                        "name": "Made",
                        **{
                            name: record.sudo()[name].id
                            if record._fields[name].relational
                            else record.sudo()[name]
                            for name in ("user_id", "is_lead_source", "form_id", "text")
                            if name in record._fields
                        },
                    }
                )
            else:
                record.unlink()
            self.env.flush_all()
            savepoint.rollback()

    def test_matrix(self):
        for subject, row in MATRIX.items():
            for role, allowed in zip(ROLES, row, strict=True):
                user = self.users[role]
                record = self._create_record(subject, user).with_user(user)
                self.env.flush_all()
                for operation in OPERATIONS:
                    with self.subTest(role=role, subject=subject, operation=operation):
                        record.invalidate_recordset()
                        if operation[0] in allowed:
                            self._try(record, operation)
                        else:
                            with self.assertRaises(AccessError):
                                self._try(record, operation)

    def test_every_model_of_the_addon_is_in_the_matrix(self):
        models = self.env["ir.model"].search(
            [("transient", "=", False), ("model", "=like", "crm.lead.%")]
        )
        own = {
            model.model
            for model in models
            if "lead_management" in model.modules.split(", ")
            and not self.env[model.model]._abstract
            and self.env[model.model]._original_module == "lead_management"
        }
        self.assertTrue(own)
        self.assertLessEqual(own, MATRIX.keys())
