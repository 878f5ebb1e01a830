from odoo import fields, models
from odoo.fields import Domain

from ...tools import feed_reader


class CrmLeadFeed(models.Model):
    """Profiles and blogs, of which leads have the addresses."""

    _inherit = "crm.lead.feed"

    def _find_profiles(self, handle, url):
        """Return the feeds of profiles, and the values to create missing ones with.

        :param handle: X handle, or a false value
        :param url: address of a profile or blog, or a false value
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
