import datetime
import ipaddress
import time

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ...tools import capture_fields

ADDRESS_SCOPE = "lead_management.capture_address"
RATE_TIME = datetime.timedelta(hours=1)
# From this many times the rate limit on, an address is not even put in quarantine.
FLOOD_FACTOR = 10
DEFAULT_CEILING = 50_000
# How many seconds a process relies on its last count of what waits, and how many more
# can't have come meanwhile
COUNTED_FOR = 1
MARGIN = 5_000

FULL = "full"
FLOOD = "flood"

# When this process has counted what waits, and how much that was, by database and form
_counted = {}


class CrmLeadCaptureSubmission(models.Model):
    """How much a form takes, and what looks like a robot's."""

    _inherit = "crm.lead.capture.submission"

    def _hash_address(self, address):
        """Return a hash of a network address; of the network, for IPv6, where one
        visitor has millions."""
        try:
            ip = ipaddress.ip_address(address or "")
        except ValueError:
            network = address or ""
        else:
            if mapped := getattr(ip, "ipv4_mapped", None):
                ip = mapped
            prefix = 64 if ip.version == 6 else 32
            network = str(ipaddress.ip_network((ip, prefix), strict=False))
        return hmac(self.env(su=True), ADDRESS_SCOPE, network)

    def _check_load(self, open_form, address_hash):
        """Return why nothing more is taken, None otherwise; and how many this address
        has sent within an hour. Both counts end where they are decided."""
        flood = open_form.rate_limit * FLOOD_FACTOR
        ceiling = self._get_ceiling()
        place = (self.env.cr.dbname, open_form.form_id)
        is_near = self._is_near(place, ceiling)
        self.env.cr.execute(
            SQL(
                """
                SELECT (SELECT COUNT(*)
                          FROM (SELECT 1 FROM %(table)s
                                 WHERE form_id = %(form)s
                                   AND address_hash = %(address)s
                                   AND create_date > %(since)s
                                 LIMIT %(flood)s) AS recent),
                       (SELECT COUNT(*)
                          FROM (SELECT 1 FROM %(table)s
                                 WHERE form_id = %(form)s
                                   AND state IN ('new', 'waiting')
                                 LIMIT %(ceiling)s) AS open)
                """,
                table=SQL.identifier(self._table),
                form=open_form.form_id,
                address=address_hash,
                since=fields.Datetime.now() - RATE_TIME,
                flood=flood,
                ceiling=ceiling if is_near else 0,
            )
        )
        recent, waiting = self.env.cr.fetchone()
        if is_near:
            _counted[place] = time.monotonic(), waiting
            if waiting >= ceiling:
                return FULL, recent
        return FLOOD if flood and recent >= flood else None, recent

    def _is_near(self, place, ceiling):
        """Tell whether so many may wait by now that they have to be counted. Each post
        would go through all of them."""
        when, waiting = _counted.get(place, (float("-inf"), 0))
        is_recent = time.monotonic() - when < COUNTED_FOR
        return not is_recent or waiting + MARGIN >= ceiling

    def _get_ceiling(self):
        """Return how many submissions of a form may wait."""
        return self._get_count_parameter("capture_ceiling", DEFAULT_CEILING)

    def _get_count_parameter(self, name, default):
        parameters = self.env["ir.config_parameter"]
        return max(parameters._get_lead_number(f"lead_management.{name}", default), 1)

    def _find_suspicion(self, open_form, inputs, recent):
        """Return the reason for putting a submission in quarantine, None without one.

        :param int recent: how many its address has sent within an hour
        """
        if inputs.get(capture_fields.HONEYPOT):
            return "honeypot"
        if started := inputs.get(capture_fields.STARTED):
            form = self.env["crm.lead.capture.form"].sudo().browse(open_form.form_id)
            start = form._read_start(started)
            if not start:
                return "forged_time"
            seconds = (fields.Datetime.now() - start).total_seconds()
            if seconds < open_form.min_fill_seconds:
                return "too_fast"
        if open_form.rate_limit and recent >= open_form.rate_limit:
            return "rate"
        if (
            open_form.use_recaptcha
            and not inputs.get(capture_fields.RECAPTCHA)
            and self._get_recaptcha_secret()
        ):
            return "recaptcha_missing"
        return None

    def _count_today(self, form):
        """Return how many leads of a form count to its day of today."""
        # The highest number, not the number of rows: one that was deleted counts.
        self.flush_model(["counted_on", "counted_number"])
        self.env.cr.execute(
            SQL(
                """
                SELECT MAX(counted_number) FROM %s
                 WHERE form_id = %s AND counted_on = %s AND counted_number IS NOT NULL
                """,
                SQL.identifier(self._table),
                form.id,
                form._get_today(),
            )
        )
        return self.env.cr.fetchone()[0] or 0

    def _send_limit_notices(self, forms):
        """Tell who is responsible for forms that have reached their limit, once a
        day."""
        waiting = self._read_group(
            [("state", "=", "waiting"), ("form_id", "in", forms.ids)],
            ["form_id"],
            ["__count"],
        )
        ceiling = self._get_ceiling()
        for form, count in waiting:
            if form._is_first_today("limit_notice_date"):
                form._notify_limit(count)
            if count >= ceiling and form._is_first_today("ceiling_notice_date"):
                form._notify_ceiling(count)
