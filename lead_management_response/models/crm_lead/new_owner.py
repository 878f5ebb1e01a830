from odoo import api, models

CHANNEL = "lead_management_response/new_leads"


class CrmLead(models.Model):
    """Who gets leads from somebody else sees it at once, wherever in Odoo they are."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.sudo().filtered("is_unread")._tell_new_owners()
        return leads

    def _follow_owner(self, before):
        result = super()._follow_owner(before)
        self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.user_id != before[lead]
        )._tell_new_owners()
        return result

    def _tell_new_owners(self):
        """Tell owners of their new leads in the web client: one message each, however
        many they are."""
        for owner, leads in self.grouped("user_id").items():
            if owner and owner.active and not owner.share and owner.id != self.env.uid:
                owner._bus_send(
                    CHANNEL,
                    {
                        "count": len(leads),
                        "id": leads[0].id,
                        "name": leads[0].display_name,
                    },
                )
