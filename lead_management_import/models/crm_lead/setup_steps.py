from odoo import models

from odoo.addons.lead_management.models.crm_lead.setup_steps import SetupStep


class CrmLead(models.Model):
    """The first import, on the checklist of the lead home page."""

    _inherit = "crm.lead"

    def _get_setup_steps(self):
        imports = self.env["crm.lead.import"]
        return [
            *super()._get_setup_steps(),
            SetupStep(
                60,
                "import",
                self.env._("Import your leads"),
                "lead_management_import.crm_lead_action_import",
                bool(imports.search_count(self._get_setup_company_domain(), limit=1)),
            ),
        ]
