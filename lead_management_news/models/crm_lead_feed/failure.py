import logging
from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_time

_logger = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(days=1)


class CrmLeadFeed(models.Model):
    """What is noted, and said, of a fetch that failed."""

    _inherit = "crm.lead.feed"

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
