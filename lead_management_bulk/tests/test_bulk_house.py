from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestBulkAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.bulk.job": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.bulk.job.batch": ("", "", "r", "r", "", "", ""),
        "crm.lead.bulk.job.failure": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.bulk": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }

    def _get_values_of_crm_lead_bulk_job_batch(self, user, _name):
        return {"job_id": self._create_record("crm.lead.bulk.job", user).id}

    _get_values_of_crm_lead_bulk_job_failure = _get_values_of_crm_lead_bulk_job_batch

    def _get_values_of_crm_lead_bulk(self, _user, _name):
        return {"operation": "delete", "selection": [["id", "=", 0]]}

    def _get_values_of_crm_lead_bulk_job(self, user, _name):
        return {"operation": "update", "user_id": user.id}

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


@tagged("post_install", "-at_install", "lead_words")
class TestBulkWords(words.WordsCase):
    NEVER_ONE = {"%(operation)s: %(count)s leads"}
