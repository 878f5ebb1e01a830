from odoo import models
from odoo.fields import Command


class CrmLeadAssignmentRule(models.Model):
    """A sample to look at. It is archived, so it assigns nothing."""

    _inherit = "crm.lead.assignment.rule"
    _sample_action = "lead_management_assignment.crm_lead_assignment_rule_action"

    def _prepare_sample(self):
        shipped = self._prepare_shipped(self.env.company)
        user = self.env.user
        members = self.env["crm.team.member"].search(
            self.env["crm.lead"]._get_setup_company_domain("crm_team_id.company_id")
        )
        return {
            "name": self.env._("Sample: who gets which lead"),
            "active": False,
            "entry_ids": [
                *shipped["entry_ids"],
                Command.create(
                    {
                        "name": self.env._("Four stars and more"),
                        "sequence": 10,
                        "domain": repr([("stars", "in", ["4", "5"])]),
                        "target": "user",
                        "user_id": user.id,
                    }
                ),
                Command.create(
                    {
                        "name": self.env._("All others, in turn"),
                        "sequence": 20,
                        "target": "rotation",
                        "user_ids": [Command.set((members.user_id | user).ids)],
                    }
                ),
            ],
        }
