from odoo import fields, models


class CrmLead(models.Model):
    """The plans of a lead, and where the present one is."""

    _inherit = "crm.lead"

    # Who reads a lead reads its plans.
    plan_run_ids = fields.One2many(
        "crm.lead.plan.run", "lead_id", "Plans", bypass_search_access=True
    )
    plan_run_id = fields.Many2one(
        "crm.lead.plan.run", "Follow-up Plan", compute="_compute_plan_run"
    )
    plan_progress = fields.Char("Plan", compute="_compute_plan_run")
    plan_count = fields.Integer("Number of Plans", compute="_compute_plan_count")
    can_start_plan = fields.Boolean(compute="_compute_can_start_plan")

    def _compute_plan_run(self):
        running = self.env["crm.lead.plan.run"]._get_running(self)
        # Who reads a lead may be somebody who can't open plans.
        by_lead = running.grouped("lead_id")
        for lead in self:
            run = by_lead.get(lead._origin, running.browse())
            lead.plan_run_id = run
            lead.plan_progress = run.progress

    def _compute_plan_count(self):
        runs = self.env["crm.lead.plan.run"].sudo()
        counts = {}
        if runs._has_runs():
            domain = [("lead_id", "in", self.ids)]
            counts = dict(runs._read_group(domain, ["lead_id"], ["__count"]))
        for lead in self:
            lead.plan_count = counts.get(lead._origin, 0)

    def _compute_can_start_plan(self):
        has_plan = self.env["mail.activity.plan"]._has_for_leads()
        for lead in self:
            lead.can_start_plan = has_plan and lead.type == "lead" and lead.active

    def _can_have_plan(self, plan):
        """Tell whether a plan is there for the company of the lead."""
        company = plan.sudo().company_id
        return not company or not self.company_id or self.company_id == company

    def action_open_plans(self):
        """Open the plans of the lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_plan.crm_lead_plan_run_action_lead"
        )
        return {**action, "domain": [("lead_id", "=", self.id)]}

    def action_start_plan(self):
        """Open Odoo's dialog that starts a plan.

        :raise AccessError: the user may not change the leads
        """
        self.check_access("write")
        view_name = "lead_management_plan.mail_activity_schedule_view_form_plan"
        return self.env["mail.activity.schedule"]._get_records_action(
            name=self.env._("Start a plan"),
            views=[(self.env.ref(view_name).id, "form")],
            target="new",
            context={
                "active_model": self._name,
                "active_ids": self.ids,
                "plan_mode": True,
                "dialog_size": "medium",
            },
        )

    def action_stop_plan(self):
        """Stop the plans of leads by hand.

        :raise AccessError: the user may not change the leads
        """
        self.check_access("write")
        self.env["crm.lead.plan.run"]._get_running(self)._stop("hand")
