from odoo import models

from odoo.addons.lead_management_assignment.models.crm_lead.doors import CONTEXT_KEY


class ChatbotScriptStep(models.Model):
    _inherit = "chatbot.script.step"

    def _process_step_create_lead(self, discuss_channel):
        """Ask the assignment rules about the lead, if theirs says so."""
        step = self.with_context(**{CONTEXT_KEY: "assign_livechat"})
        leads = super(ChatbotScriptStep, step)._process_step_create_lead(
            discuss_channel
        )
        return leads.with_context(**{CONTEXT_KEY: False})
