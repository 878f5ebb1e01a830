from odoo import fields, models


class ResUsersSettings(models.Model):
    """Keep which leads a user has looked at: their ids, the latest first."""

    _inherit = "res.users.settings"

    recent_lead_ids = fields.Json(
        "Recently Viewed Leads", help="Their ids, the latest first"
    )

    def _get_fields_blacklist(self):
        # Asked for when it is shown, not sent with every page.
        return [*super()._get_fields_blacklist(), "recent_lead_ids"]
