from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

from ...tools import feed_reader, public_fetch
from ...tools.public_fetch import FetchError

DEFAULT_MINUTES = 60


class CrmLeadFeed(models.Model):
    """A source of headlines: the news of an industry, or the posts of a profile.

    * A feed is *due* when its pause is over: an hour (a parameter) after a success,
      doubled with each failure up to a day, or until the time that the service named.
    * News feeds are the sales manager's and fetched by a scheduled action. Profiles are
      made for the leads that have one and fetched when somebody looks at them, if they
      are due; nobody waits twice for the same failure.
    * An entry is kept once, by the id its feed gives it, as plain text.
    """

    _name = "crm.lead.feed"
    _description = "News Feed"
    _order = "kind, name, id"

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("news", "News"), ("profile", "Profile")],
        required=True,
        default="news",
        readonly=True,
    )
    active = fields.Boolean(default=True)
    url = fields.Char(
        "Address",
        required=True,
        help="Of the feed itself (RSS or Atom), or of a page that names its feed",
    )
    handle = fields.Char("X Handle", readonly=True)
    industry_ids = fields.Many2many(
        "res.partner.industry",
        string="Industries",
        help="Its headlines are shown on leads of these industries. On other leads only"
        " those that name the company.",
    )
    item_ids = fields.One2many("crm.lead.feed.item", "feed_id", "Headlines")
    item_count = fields.Integer("Headlines Kept", compute="_compute_item_count")
    # What the last fetches left
    feed_url = fields.Char("Address of the Feed", readonly=True)
    etag = fields.Char(readonly=True)
    last_modified = fields.Char(readonly=True)
    user_ref = fields.Char(readonly=True, help="X's own number of the profile")
    last_success = fields.Datetime("Last Fetched", readonly=True)
    next_fetch = fields.Datetime(
        readonly=True, index=True, default=fields.Datetime.now, copy=False
    )
    failure_count = fields.Integer("Failures in a Row", readonly=True, copy=False)
    error = fields.Char("Problem", readonly=True, copy=False)

    _url_unique = models.UniqueIndex(
        "(kind, url)", "There is a feed of this address already."
    )

    def _compute_item_count(self):
        counts = dict(
            self.env["crm.lead.feed.item"]._read_group(
                [("feed_id", "in", self.ids)], ["feed_id"], ["__count"]
            )
        )
        for feed in self:
            feed.item_count = counts.get(feed, 0)

    @api.constrains("url")
    def _check_url(self):
        for feed in self:
            try:
                public_fetch.check_address(feed.url)
            except FetchError:
                raise ValidationError(
                    self.env._(
                        "%(feed)s: “%(url)s” is not the address of a page. It begins"
                        " with https:// or http:// and has no user name in it.",
                        feed=feed.name,
                        url=feed.url,
                    )
                ) from None

    def write(self, vals):
        if "url" in vals:
            # Another address is another feed: what is known of the old one is void.
            vals = {
                **dict.fromkeys(("feed_url", "etag", "last_modified"), False),
                "next_fetch": fields.Datetime.now(),
                "failure_count": 0,
                "error": False,
                **vals,
            }
        return super().write(vals)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_fetch(self):
        """Fetch the feeds now and say what came of it.

        :raise UserError: none of them could be fetched
        """
        if off := self._get_off_reason():
            raise UserError(off)
        self._fetch()
        failed = self.filtered("error")
        if failed and failed == self:
            raise UserError(
                "\n".join(
                    self.env._("%(feed)s: %(error)s", feed=feed.name, error=feed.error)
                    for feed in failed
                )
            )
        return get_notification(
            self.env._(
                "Headlines kept: %(count)s.", count=sum(self.mapped("item_count"))
            ),
            is_warning=bool(failed),
            next_action=RELOAD,
        )

    def action_view_items(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "lead_management_news.crm_lead_feed_item_action"
        )
        return {**action, "domain": [("feed_id", "=", self.id)]}

    # ------------------------------------------------------------
    # SETTINGS
    # ------------------------------------------------------------

    def _get_off_reason(self):
        """Return why no feed can be read on this server; empty when they can."""
        if feed_reader.is_available():
            return ""
        return self.env._(
            "News are off: the Python package “feedparser” is missing on the server."
            " The administrator of the server can install it and restart Odoo."
        )

    def _get_parameter(self, name):
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"lead_management.{name}")

    def _get_pause(self):
        minutes = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.feed_minutes", DEFAULT_MINUTES
        )
        return timedelta(minutes=max(minutes, 1))
