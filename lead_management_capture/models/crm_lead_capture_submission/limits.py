import datetime
import ipaddress

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ...tools import capture_fields

ADDRESS_SCOPE = "lead_management.capture_address"
RATE_TIME = datetime.timedelta(hours=1)
# From this many times the rate limit on, an address is not even put in quarantine.
FLOOD_FACTOR = 10
DEFAULT_CEILING = 50_000

FULL = "full"
FLOOD = "flood"


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
        self.env.cr.execute(
            SQL(
                """
                SELECT (SELECT COUNT(*)
                          FROM (SELECT 1 FROM %(table)s
                                 WHERE form_id = %(form)s
                                   AND address_hash = %(address)s
                                   AND create_date > %(since)s
                                 LIMIT %(flood)s) AS recent),
                       EXISTS(SELECT 1 FROM %(table)s
                               WHERE form_id = %(form)s
                                 AND state IN ('new', 'waiting')
                              OFFSET %(ceiling)s LIMIT 1)
                """,
                table=SQL.identifier(self._table),
                form=open_form.form_id,
                address=address_hash,
                since=fields.Datetime.now() - RATE_TIME,
                flood=flood,
                ceiling=self._get_ceiling() - 1,
            )
        )
        recent, is_full = self.env.cr.fetchone()
        if is_full:
            return FULL, recent
        return FLOOD if flood and recent >= flood else None, recent

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
