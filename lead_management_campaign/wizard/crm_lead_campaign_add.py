from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.lead_notice import get_notification


class CrmLeadCampaignAdd(models.TransientModel):
    """Add the selected leads or contacts to a campaign."""

    _name = "crm.lead.campaign.add"
    _description = "Add to Campaign"
    _inherit = ["lead.guard.mixin"]

    campaign_id = fields.Many2one("utm.campaign", required=True)
    status_id = fields.Many2one(
        "crm.lead.campaign.status",
        compute="_compute_status_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', available_status_ids)]",
        help="Whoever is in the campaign already moves on to this status, unless they"
        " are further on",
    )
    available_status_ids = fields.Many2many(
        "crm.lead.campaign.status", compute="_compute_available_status_ids"
    )
    count = fields.Integer(compute="_compute_count")

    @api.depends("campaign_id")
    def _compute_available_status_ids(self):
        statuses = self.campaign_id._get_member_statuses()
        for wizard in self:
            wizard.available_status_ids = statuses.get(wizard.campaign_id, False)

    @api.depends("campaign_id")
    def _compute_status_id(self):
        statuses = self.campaign_id._get_member_statuses()
        for wizard in self:
            offered = statuses.get(wizard.campaign_id, wizard.status_id.browse())
            wizard.status_id = offered._pick_first()

    @api.depends_context("active_ids")
    def _compute_count(self):
        self.count = len(self.env.context.get("active_ids") or ())

    def action_add(self):
        """Add them, and say how many of them are new in the campaign.

        :raise UserError: nothing is selected
        """
        self.ensure_one()
        if job := self._start_bulk_job():
            return job.action_open()
        model_name = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids")
        if not ids or model_name not in ("crm.lead", "res.partner"):
            raise UserError(
                self.env._("Select leads or contacts in a list first, then add them.")
            )
        selected = self.env[model_name].browse(ids)
        campaign = self.campaign_id.sudo()
        before = campaign.member_count
        selected._add_to_campaign(self.campaign_id, self.status_id)
        added = campaign.member_count - before
        return get_notification(
            self.env._(
                "%(campaign)s: %(added)s added, %(known)s were in it already.",
                campaign=self.campaign_id.display_name,
                added=added,
                known=len(selected) - added,
            )
        )

    def _start_bulk_job(self):
        """Start a job when so many leads are selected that adding them takes a while;
        return the `crm.lead.bulk.job`, or None when they are few, or contacts."""
        jobs = self.env["crm.lead.bulk.job"]
        ids = self.env.context.get("active_ids") or []
        if (
            self.env.context.get("active_model") != "crm.lead"
            or len(ids) <= jobs._get_at_once_limit()
        ):
            return None
        return jobs._start(
            "campaign",
            {"campaign_id": self.campaign_id.id, "status_id": self.status_id.id},
            self.env["crm.lead"]._get_selection_domain(ids),
        )
