from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestPlanAccess(access.AccessCase):
    MATRIX = {
        #                          own all manager admin employee portal public
        "crm.lead.plan.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.plan.run": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.plan.step": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.plan.report": ("r", "r", "r", "r", "", "", ""),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["mail.activity.plan"].create(
            {"name": "Follow up", "res_model": "crm.lead"}
        )

    def _create_record(self, subject, user):
        if subject == "crm.lead.plan.report":
            step = super()._create_record("crm.lead.plan.step", user)
            self.env.flush_all()
            return self.env[subject].browse(step.id)
        return super()._create_record(subject, user)

    def _get_values_of_crm_lead_plan_rule(self, _user, name):
        return {"name": name, "plan_id": self.plan.id}

    def _get_values_of_crm_lead_plan_run(self, user, name):
        lead = self.env["crm.lead"].create({"name": name, "user_id": user.id})
        return {"lead_id": lead.id, "plan_id": self.plan.id}

    def _get_values_of_crm_lead_plan_step(self, user, name):
        run = self._create_record("crm.lead.plan.run", user)
        return {"name": name, "number": 1, "run_id": run.id}


@tagged("post_install", "-at_install", "lead_words")
class TestPlanWords(words.WordsCase):
    pass
