import logging
from datetime import timedelta

from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_time

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

from ..tools import feed_reader, public_fetch, social_profile, x_api
from ..tools.public_fetch import FetchError
from ..tools.x_api import XError

_logger = logging.getLogger(__name__)

DEFAULT_MINUTES = 60
LONGEST_PAUSE = timedelta(days=1)
CONDITIONS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}


class CrmLeadFeed(models.Model):
    """A source of headlines: the news of an industry, or the posts of a profile.

    * A feed is *due* when its pause is over: an hour (a parameter) after a success,
      doubled with each failure up to a day, or until the time that the service named.
    * A fetch is conditional (`ETag`, `Last-Modified`): an unchanged feed costs no
      more than its headers. Addresses of the own network are refused, see
      `tools/public_fetch.py`.
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
    # PROFILES
    # ------------------------------------------------------------

    @api.model
    def _find_profiles(self, handle, url):
        """Return the feeds of profiles, and the values to create missing ones with.

        :param handle: X handle, or a false value
        :param url: address of a profile or blog, or a false value
        :return: `(feeds, [values])`
        """
        wanted = {}
        if handle:
            wanted[f"https://x.com/{handle}"] = {"name": f"@{handle}", "handle": handle}
        if url and (url := feed_reader.web_address(url)):
            wanted.setdefault(url, {"name": url.split("://", 1)[1].rstrip("/")})
        feeds = self.search(
            Domain("kind", "=", "profile") & Domain("url", "in", list(wanted))
        ).sorted(lambda feed: not feed.handle)
        known = set(feeds.mapped("url"))
        missing = [
            {"kind": "profile", "url": address, **values}
            for address, values in wanted.items()
            if address not in known
        ]
        return feeds, missing

    def _get_due(self):
        now = fields.Datetime.now()
        return self.filtered(
            lambda feed: (
                not (feed.next_fetch and feed.next_fetch > now)
                and (feed.handle or feed_reader.is_available())
            )
        )

    def _get_problem(self):
        """Return why a profile has no new posts, in words; empty when all is well."""
        self.ensure_one()
        return self.error or (not self.handle and self._get_off_reason()) or ""

    @api.model
    def _get_off_reason(self):
        """Return why no feed can be read on this server; empty when they can."""
        if feed_reader.is_available():
            return ""
        return self.env._(
            "News are off: the Python package “feedparser” is missing on the server."
            " The administrator of the server can install it and restart Odoo."
        )

    # ------------------------------------------------------------
    # FETCHING
    # ------------------------------------------------------------

    @api.model
    def _cron_fetch(self):
        """Fetch the news feeds that are due, one transaction each."""
        if self._get_off_reason():
            return
        domain = Domain("kind", "=", "news") & Domain(
            "next_fetch", "<=", fields.Datetime.now()
        )
        feeds = self.search(domain, order="next_fetch, id")
        remaining = len(feeds)
        for feed in feeds:
            feed._fetch()
            remaining -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                break

    def _fetch(self):
        """Fetch the feeds and keep their new entries; failures are noted on each.

        Feeds that another process is fetching are left to it.
        """
        for feed in self:
            if not feed.try_lock_for_update():
                continue
            try:
                with self.env.cr.savepoint():
                    feed._keep(feed._fetch_entries())
            except (FetchError, XError, ValueError, DataError) as error:
                # What a stranger's feed holds must not stop the others.
                feed._note_failure(error)
                continue
            feed.write(
                {
                    "last_success": fields.Datetime.now(),
                    "next_fetch": fields.Datetime.now() + self._get_pause(),
                    "failure_count": 0,
                    "error": False,
                }
            )

    def _fetch_entries(self):
        """Return the entries that the service has now; none when nothing changed."""
        self.ensure_one()
        if self.handle:
            token = self._get_x_token()
            if not token:
                raise XError("no_token")
            base = self._get_parameter("x_api_url") or x_api.BASE
            reference, entries = x_api.read_posts(
                self._fetch_address, token, self.handle, self.user_ref, base
            )
            self.user_ref = reference
            return entries
        url = self.feed_url or social_profile.feed_address(self.url) or self.url
        answer = self._fetch_address(url, self._get_conditions())
        if answer.is_unchanged:
            return []
        try:
            entries = self._read(answer)
        except ValueError:
            # A page for people; most say where their feed is.
            url = feed_reader.find_feed(answer.body, answer.url)
            if not url:
                raise
            answer = self._fetch_address(url)
            entries = self._read(answer)
        self.write(
            {
                "feed_url": answer.url,
                **{
                    name: answer.headers.get(name.replace("_", "-"))
                    for name in CONDITIONS
                },
            }
        )
        return entries

    @api.model
    def _read(self, answer):
        return feed_reader.read(answer.body, answer.headers.get("content-type", ""))[1]

    def _get_conditions(self):
        """Return the headers that ask for changes only."""
        if not self.feed_url:
            return {}
        return {header: self[name] for name, header in CONDITIONS.items() if self[name]}

    @api.model
    def _fetch_address(self, url, headers=None):
        hosts = self._get_parameter("feed_private_hosts") or ""
        return public_fetch.fetch(
            url, headers, private_hosts=hosts.replace(",", " ").split()
        )

    def _keep(self, entries):
        """Create an item for each entry that isn't kept yet."""
        self.ensure_one()
        since = self.env["crm.lead.feed.item"]._get_oldest()
        known = set(
            self.env["crm.lead.feed.item"]
            .search([("feed_id", "=", self.id)])
            .mapped("guid")
        )
        now = fields.Datetime.now()
        self.item_ids = [
            Command.create(
                {
                    "guid": entry.guid,
                    "name": entry.title,
                    "url": entry.url,
                    "summary": entry.summary,
                    # A date to come would stay on top until then.
                    "published": min(entry.published or now, now),
                }
            )
            for entry in entries
            if entry.guid not in known and (entry.published or now) >= since
        ]

    def _note_failure(self, error):
        self.ensure_one()
        failures = self.failure_count + 1
        pause = min(self._get_pause() * 2 ** min(failures, 10), LONGEST_PAUSE)
        now = fields.Datetime.now()
        until = getattr(error, "until", None)
        if until:
            pause = min(max(until - now, self._get_pause()), LONGEST_PAUSE)
        self.write(
            {
                "failure_count": failures,
                "next_fetch": now + pause,
                "error": self._get_error_text(error),
            }
        )
        _logger.info("Feed %s (%s): %r", self.id, self.url, error)

    def _get_error_text(self, error):
        """Return what went wrong and what to do, in words."""
        reason = getattr(error, "reason", "feed")
        if reason == "status":
            return self.env._(
                "The server answers %(status)s instead of the feed. Check the address.",
                status=error.answer.status,
            )
        if reason == "wait":
            if not error.until:
                return self.env._("X takes no more requests now. Try again in an hour.")
            return self.env._(
                "X takes no more requests until %(time)s.",
                time=format_time(self.env, error.until, time_format="short"),
            )
        return {
            "address": self.env._("This is not the address of a page."),
            "private": self.env._(
                "The address is inside a private network. An administrator can allow"
                " its host in the Settings."
            ),
            "unknown": self.env._("There is no such host. Check the address."),
            "unreachable": self.env._("The server can't be reached."),
            "slow": self.env._("The server takes too long to answer."),
            "large": self.env._("The answer is too large for a feed."),
            "encoding": self.env._("The server's answer can't be decompressed."),
            "redirects": self.env._("The server redirects too often."),
            "feed": self.env._("There is no feed at this address."),
            "no_token": self.env._(
                "To show posts of X, an administrator enters a bearer token in the"
                " Settings."
            ),
            "token": self.env._(
                "X does not accept the bearer token. An administrator can renew it in"
                " the Settings."
            ),
            "profile": self.env._(
                "X knows no profile of this name. Correct the handle."
            ),
            "protected": self.env._("The profile shows its posts to followers only."),
            "answer": self.env._("X did not answer with a list of posts."),
        }[reason]

    # ------------------------------------------------------------
    # SETTINGS
    # ------------------------------------------------------------

    @api.model
    def _get_parameter(self, name):
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"lead_management.{name}")

    @api.model
    def _get_x_token(self):
        return self._get_parameter("x_bearer_token")

    @api.model
    def _get_pause(self):
        minutes = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.feed_minutes", DEFAULT_MINUTES
        )
        return timedelta(minutes=max(minutes, 1))
