from odoo import api, fields, models


class CrmMergeOpportunity(models.TransientModel):
    """Say what merging leaves out before it is done."""

    _inherit = "crm.merge.opportunity"

    left_out = fields.Html(
        compute="_compute_left_out",
        sanitize=False,
        help="The values that the remaining lead does not take over",
    )

    @api.depends("opportunity_ids", "user_id", "team_id")
    def _compute_left_out(self):
        for wizard in self:
            leads = wizard._get_leads_to_merge()
            wizard.left_out = len(leads) > 1 and leads._get_merge_preview(
                wizard.user_id.id, wizard.team_id.id
            )

    def _get_leads_to_merge(self):
        """Return the leads as they are merged: with what was chosen in their context,
        where an addon lets people choose."""
        return self.opportunity_ids._origin
