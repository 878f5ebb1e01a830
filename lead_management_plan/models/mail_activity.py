from odoo import models


class MailActivity(models.Model):
    # A plan on a lead goes on when its activity is done or deleted. A docstring would
    # be that of all activities.
    _inherit = "mail.activity"

    def _action_done(self, *args, **kwargs):
        steps = self._get_open_plan_steps()
        met = self.filtered(
            lambda activity: (
                activity.res_model == "crm.lead"
                and activity.activity_type_id.category == "meeting"
            )
        )
        leads = self.env["crm.lead"].browse(met.mapped("res_id"))
        result = super()._action_done(*args, **kwargs)
        steps._end("done")
        leads.exists()._stop_plans("meeting")
        steps.run_id._go_ahead()
        return result

    def unlink(self):
        steps = self._get_open_plan_steps()
        result = super().unlink()
        steps._go_on_without_activity()
        return result

    def _get_open_plan_steps(self):
        """Return the steps of plans that the activities are, in sudo."""
        steps = self.env["crm.lead.plan.step"].sudo()
        # Those of a conversion may be the account's by now.
        if not self.ids or not steps.run_id._has_runs():
            return steps
        return steps.search([("activity_id", "in", self.ids), ("state", "=", "open")])
