from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """The time in stages of leads whose stage has never changed, which are most."""

    _inherit = "crm.lead"

    def _get_rare_fields(self):
        field_ids = self.env["ir.model.fields"]._get_ids(self._name)
        self.env["mail.tracking.value"].flush_model()
        self.env["mail.message"].flush_model()
        unchanged = SQL(
            "NOT EXISTS (SELECT FROM mail_tracking_value AS v"
            " JOIN mail_message AS m ON m.id = v.mail_message_id"
            " WHERE m.model = %s AND m.res_id IN %s AND v.field_id = %s)",
            *(self._name, self._ids or (0,), field_ids[self._track_duration_field]),
        )
        return super()._get_rare_fields() | {"duration_tracking": unchanged}

    @api.depends("create_date")  # which is read with the others then
    def _compute_duration_tracking(self):
        # Native asks for the changes of each lead, and for the field that changes.
        if not self._is_known_empty("duration_tracking"):
            return super()._compute_duration_tracking()
        for lead in self:
            lead.duration_tracking = lead._get_duration_from_tracking([])
        return None
