from psycopg2 import DataError

from odoo import fields, models
from odoo.fields import Command, Domain

from ...tools import feed_reader, public_fetch, social_profile, x_api
from ...tools.public_fetch import FetchError
from ...tools.x_api import XError

CONDITIONS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}


class CrmLeadFeed(models.Model):
    """Fetching feeds, and keeping what they have.

    A fetch is conditional (`ETag`, `Last-Modified`): an unchanged feed costs no more
    than its headers. Addresses of the own network are refused, see
    `tools/public_fetch.py`.
    """

    _inherit = "crm.lead.feed"

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
            token = self._get_parameter("x_bearer_token")
            if not token:
                raise XError("no_token")
            base = self._get_parameter("x_api_url") or x_api.BASE
            reference, entries = x_api.read_posts(
                self._fetch_address, token, self.handle, self.user_ref, base
            )
            self.user_ref = reference
            return entries
        url = self.feed_url or social_profile.feed_address(self.url) or self.url
        # Asks for changes only
        conditions = {
            header: self[name]
            for name, header in CONDITIONS.items()
            if self.feed_url and self[name]
        }
        answer = self._fetch_address(url, conditions)
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

    def _read(self, answer):
        return feed_reader.read(answer.body, answer.headers.get("content-type", ""))[1]

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
