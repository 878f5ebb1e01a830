from odoo import api, models

CHANNEL = "lead_management_response/new_leads"
GIVEN = "lead_management_response.given"


class CrmLead(models.Model):
    """Who gets leads from somebody else sees it at once, wherever in Odoo they are."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.sudo().filtered("is_unread")._tell_new_owners()
        return leads

    def unlink(self):
        given = self.env.cr.precommit.data.get(GIVEN, {})
        for lead_id in self._ids:
            given.pop(lead_id, None)
        return super().unlink()

    def _follow_owner(self, before):
        result = super()._follow_owner(before)
        self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.user_id != before[lead]
        )._tell_new_owners()
        return result

    def _tell_new_owners(self):
        """Tell owners of their new leads in the web client, when the transaction ends:
        one message each, however many leads they are and one by one or not. In sudo."""
        precommit = self.env.cr.precommit
        if self and GIVEN not in precommit.data:
            precommit.data[GIVEN] = {}
            precommit.add(self.browse()._send_to_new_owners)
        for lead_id in self._ids:
            # Of several who gave it away, the last one
            precommit.data[GIVEN][lead_id] = self.env.uid

    def _send_to_new_owners(self):
        """Send what was gathered to those who have the leads by now. In sudo."""
        givers = self.env.cr.precommit.data.pop(GIVEN, {})
        given = self.browse(givers).filtered(
            lambda lead: lead.type == "lead" and lead.user_id.id != givers[lead.id]
        )
        for owner, leads in given.grouped("user_id").items():
            if owner.active and not owner.share:
                owner._bus_send(
                    CHANNEL,
                    {
                        "count": len(leads),
                        "id": leads[0].id,
                        "name": leads[0].display_name,
                    },
                )
