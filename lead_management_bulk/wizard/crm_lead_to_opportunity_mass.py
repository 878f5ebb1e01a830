from odoo import models


class CrmLead2opportunityPartnerMass(models.TransientModel):
    """Many leads are converted by a bulk job."""

    _inherit = "crm.lead2opportunity.partner.mass"

    def action_apply(self):
        leads = self.env["crm.lead"].browse(self.env.context.get("active_ids", []))
        limit = self.env["crm.lead.bulk.job"]._get_at_once_limit()
        if self.name == "convert" and len(leads) > limit:
            return self._start_job(leads).action_open()
        return super().action_apply()

    def _start_job(self, leads):
        """Start a bulk job that converts the leads; the opportunities among them, such
        as those that duplicates were merged into, only get their salesperson; return
        the job."""
        opportunities = leads.filtered(lambda lead: lead.type == "opportunity")
        self._convert_and_allocate(opportunities, [], team_id=self.team_id.id)
        return self.env["crm.lead.bulk.job"]._start(
            "convert",
            self._prepare_job_values(),
            [("id", "in", (leads - opportunities).ids)],
        )

    def _prepare_job_values(self):
        """Return what was chosen, for the wizards of a bulk job."""
        return {
            "target": self._get_target(),
            "action": self.action,
            "partner_id": self.partner_id.id,
            "user_ids": self.user_ids.ids,
            "team_id": self.team_id.id,
            "force_assignment": self.force_assignment,
        }

    def _convert_batch(self, leads, values):
        """Convert leads as it was chosen for a bulk job, all or none."""
        chosen = {name: value for name, value in values.items() if name != "target"}
        wizard = self.with_context(
            active_model=leads._name, active_ids=leads.ids
        ).create({**chosen, "result": values["target"], "is_all_or_none": True})
        wizard._convert_and_allocate(leads, [], team_id=wizard.team_id.id)
