from odoo import api, models

from ..models.mail_activity_plan_template import WORKING_TIME


class MailActivitySchedule(models.TransientModel):
    """Odoo's dialog starts plans on leads step by step; see `crm.lead.plan.run`. On
    opportunities it does what it did."""

    _inherit = "mail.activity.schedule"

    def _get_leads(self):
        """Return the leads that the dialog is about, without opportunities."""
        if self.res_model != "crm.lead":
            return self.env["crm.lead"]
        leads = self._get_applied_on_records().exists()
        return leads.filtered(lambda lead: lead.type == "lead")

    @api.depends("plan_date", "plan_id", "plan_on_demand_user_id")
    def _compute_plan_schedule_line_ids(self):
        of_leads = self.browse()
        for dialog in self:
            lead = dialog.plan_id and dialog._get_leads()[:1]
            if lead:
                of_leads += dialog
                runs = self.env["crm.lead.plan.run"].sudo()
                working = runs._get_working_times_of(lead)[lead.sudo()]
                super(
                    MailActivitySchedule, dialog.with_context(**{WORKING_TIME: working})
                )._compute_plan_schedule_line_ids()
        return super(
            MailActivitySchedule, self - of_leads
        )._compute_plan_schedule_line_ids()

    def _check_plan_templates_error(self, applied_on):
        errors = super()._check_plan_templates_error(applied_on)
        leads = self._get_leads()
        refusals = self.env["crm.lead.bulk.operation.plan"]._get_refusals(
            {"plan_id": self.plan_id.id}
        )
        return [
            *errors,
            *(
                f"{refused[0].display_name}: {reason}"
                for domain, reason in refusals
                if (refused := leads.filtered_domain(domain))
            ),
        ]

    def _check_plan_templates_warning(self, applied_on):
        warnings = super()._check_plan_templates_warning(applied_on)
        running = self.env["crm.lead.plan.run"]._get_running(self._get_leads())
        return [
            *warnings,
            *(self.env._("The plan “%s” stops.", run.plan_id.name) for run in running),
        ]

    def action_schedule_plan(self):
        leads = self._get_leads()
        if not leads:
            return super().action_schedule_plan()
        leads.check_access("write")
        others = self._get_applied_on_records() - leads
        leads._start_plan(self.plan_id, self.plan_date, self.plan_on_demand_user_id)
        if others:
            # With the plan, which would be chosen anew for other records
            self.write({"res_ids": f"{others.ids}", "plan_id": self.plan_id.id})
            super().action_schedule_plan()
        if len(leads + others) == 1:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return (leads + others)._get_records_action(name=self.plan_id.name)
