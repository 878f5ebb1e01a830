from odoo import models

from .crm_lead.response_answer import IS_BEING_DONE
from .crm_lead.response_steps import ANSWER


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, *args, **kwargs):
        answer = self.env.ref(ANSWER, raise_if_not_found=False)
        if not answer or answer not in self.activity_type_id:
            return super()._action_done(*args, **kwargs)
        # What is being done is still needed, until it is.
        done = self.filtered(lambda activity: activity.res_model == "crm.lead")
        leads = self.env["crm.lead"].sudo().browse(done.mapped("res_id"))
        activities = self.with_context(**{IS_BEING_DONE: True})
        result = super(MailActivity, activities)._action_done(*args, **kwargs)
        leads.exists().filtered("response_answered")._forget_reminders()
        return result
