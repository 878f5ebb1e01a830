from odoo import models


class CrmLead2opportunityPartnerMass(models.TransientModel):
    _inherit = "crm.lead2opportunity.partner.mass"

    def _compute_value_ids(self):
        """Review no values: they differ from lead to lead."""
        self.value_ids = False

    def _get_linked_partner(self, lead):
        if self.action == "each_exist_or_create":
            return lead._find_matching_partner()
        return super()._get_linked_partner(lead)

    def _get_plans(self, leads):
        """Plan each lead by itself: every one has its own customer."""
        plans = []
        for lead in leads:
            partner = self._get_linked_partner(lead)
            contact = partner.browse() if partner.is_company else partner
            plans += lead._plan_conversions(
                "opportunity", partner.commercial_partner_id.id, contact.id, False, {}
            )
        return self._name_contacts(plans)
