from odoo import models

from .crm_lead.response_answer import IS_BEING_DONE


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, *args, **kwargs):
        reminders = self.env["crm.lead"]._get_known_types()
        if not reminders & self.activity_type_id:
            return super()._action_done(*args, **kwargs)
        # What is being done is still needed, until it is.
        done = self.filtered(lambda activity: activity.res_model == "crm.lead")
        leads = self.env["crm.lead"].sudo().browse(done.mapped("res_id"))
        activities = self.with_context(**{IS_BEING_DONE: True})
        result = super(MailActivity, activities)._action_done(*args, **kwargs)
        leads.exists().filtered("response_answered")._forget_reminders()
        return result
