import logging

import psycopg2.errors

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

_logger = logging.getLogger(__name__)

DEFAULT_CEILING = 1_000
TRIMMED_AT_ONCE = 200


class CrmLeadCaptureSubmission(models.Model):
    """What is suspicious waits for a person, as far as there is room."""

    _inherit = "crm.lead.capture.submission"

    def action_release(self):
        """Take submissions out of the quarantine: they become leads unchecked.

        :raise UserError: none of them is in quarantine
        """
        self.check_access("write")
        quarantined = self.filtered(lambda submission: submission.state == "quarantine")
        if not quarantined:
            raise UserError(
                self.env._("None of these submissions is in quarantine any more.")
            )
        quarantined.sudo().write({"released": True, "recaptcha_token": False})
        quarantined.sudo()._put_back()
        self._trigger_processing()
        return get_notification(
            self.env._("%s released. Leads follow in a moment.", len(quarantined)),
            next_action=RELOAD,
        )

    def _get_quarantine_ceiling(self):
        """Return how many submissions of a form may be in quarantine."""
        return self._get_count_parameter("capture_quarantine_ceiling", DEFAULT_CEILING)

    def _trim_afterwards(self, form_id):
        """Return what to do once a row is in quarantine: see `_trim_quarantine`."""
        registry = self.pool

        def trim():
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, api.SUPERUSER_ID, {})
                    env[self._name]._trim_quarantine(form_id)
            except psycopg2.errors.SerializationFailure:
                # Somebody else has just made room, or released one of them.
                _logger.debug("The quarantine of form %s is trimmed later", form_id)

        return trim

    def _trim_quarantines(self):
        """Keep all quarantines at their ceiling."""
        counts = self._read_group(
            [("state", "=", "quarantine")],
            ["form_id"],
            having=[("__count", ">", self._get_quarantine_ceiling())],
        )
        for (form,) in counts:
            self._trim_quarantine(form.id)

    def _trim_quarantine(self, form_id):
        """Delete the oldest of a form's submissions in quarantine, as far as there are
        more than may be. Nothing else is ever deleted to make room."""
        self.flush_model(["form_id", "state"])
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM %(table)s
                 WHERE state = 'quarantine'
                   AND id IN (SELECT id FROM %(table)s
                               WHERE form_id = %(form)s AND state = 'quarantine'
                            ORDER BY id DESC
                              OFFSET %(ceiling)s LIMIT %(limit)s)
            FOR UPDATE SKIP LOCKED
                """,
                table=SQL.identifier(self._table),
                form=form_id,
                ceiling=self._get_quarantine_ceiling(),
                limit=TRIMMED_AT_ONCE,
            ),
            log_exceptions=False,
        )
        self.browse(row_id for (row_id,) in self.env.cr.fetchall()).unlink()
