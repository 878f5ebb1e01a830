from odoo import api, models


class CalendarEvent(models.Model):
    # Meetings with leads end their plans. A docstring would be that of all meetings.
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        # Native logs meetings that have no activity on their lead, and only those.
        if self.env["crm.lead.plan.run"]._has_runs():
            leads = events.opportunity_id
            for activity in events.sudo().activity_ids:
                if activity.res_model == leads._name:
                    leads |= leads.browse(activity.res_id)
            leads._stop_plans("meeting")
        return events

    def unlink(self):
        # The database deletes their activities along with them.
        steps = self.sudo().activity_ids._get_open_plan_steps()
        result = super().unlink()
        steps._go_on_without_activity()
        return result
