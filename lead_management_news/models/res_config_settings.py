from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_lead_feed.feed import DEFAULT_MINUTES
from .crm_lead_feed_item import DEFAULT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_x_bearer_token = fields.Char(
        "X bearer token",
        config_parameter="lead_management.x_bearer_token",
        help="Of an app in X's developer portal. With it, leads show the latest posts"
        " of their X profile.",
    )
    lead_feed_minutes = fields.Integer(
        "Minutes between fetches",
        help="How long the headlines of a feed and the posts of a profile count as new",
    )
    lead_feed_days = fields.Integer(
        "Days kept",
        help="Older headlines and posts are deleted",
    )
    lead_feed_private_hosts = fields.Char(
        "Hosts inside your network",
        config_parameter="lead_management.feed_private_hosts",
        help="Feeds inside private networks are refused, except from these hosts."
        " Separate names with commas.",
    )
    lead_news_off = fields.Char(compute="_compute_lead_news_off")

    def _compute_lead_news_off(self):
        self.lead_news_off = self.env["crm.lead.feed"]._get_off_reason()

    def _get_number_settings(self):
        return {
            **super()._get_number_settings(),
            "lead_feed_minutes": DEFAULT_MINUTES,
            "lead_feed_days": DEFAULT_DAYS,
        }

    @api.constrains("lead_feed_minutes", "lead_feed_days")
    def _check_lead_feed(self):
        for settings in self:
            if min(settings.lead_feed_minutes, settings.lead_feed_days) < 1:
                raise ValidationError(
                    self.env._(
                        "News can't be fetched more often than every minute, and are"
                        " kept for at least one day."
                    )
                )
