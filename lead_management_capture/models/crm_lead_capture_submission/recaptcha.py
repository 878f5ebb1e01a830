import datetime
import logging
from typing import NamedTuple

import requests

from odoo import fields, models

from ...tools import capture_fields

_logger = logging.getLogger(__name__)

VERIFY_URL = "https://www.recaptcha.net/recaptcha/api/siteverify"
TIMEOUT = 3  # seconds; an answer takes about 0.05
# An answer of the browser is good for two minutes.
TOKEN_TIME = datetime.timedelta(minutes=2)
ASK_AGAIN = datetime.timedelta(seconds=20)

DOWN = "recaptcha_down"
# Google isn't reached, or what comes back isn't what it says.
NO_ANSWER = (
    requests.RequestException,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class Verdict(NamedTuple):
    """What reCAPTCHA said: a reason for the quarantine, or none, and the score."""

    reason: str | None
    score: float = 0.0


class CrmLeadCaptureSubmission(models.Model):
    """Asking Google reCAPTCHA v3 about submissions.

    It uses the keys of the module `google_recaptcha`, but not its method, which works
    within a request only and doesn't return the score. It is asked by the scheduled
    action, so that no visitor waits for it. While it can't be reached it is asked
    again, until the browser's answer has expired; then the submission goes to the
    quarantine, as the check was asked for.
    """

    _inherit = "crm.lead.capture.submission"

    def _check_recaptcha(self):
        """Put the suspicious of these submissions in quarantine; return those that go
        on to become leads."""
        secret = self._get_recaptcha_secret()
        to_ask = self.exists().filtered("recaptcha_token") if secret else None
        if not to_ask:
            return self
        passed = self - to_ask
        with requests.Session() as session:
            for submission in to_ask:
                verdict = self._ask_recaptcha(
                    session, secret, submission.recaptcha_token
                )
                if submission._apply_verdict(verdict):
                    passed |= submission
                # An answer can be asked about once only.
                self.env["ir.cron"]._commit_progress()
        return passed

    def _apply_verdict(self, verdict):
        """Keep what reCAPTCHA said, and tell whether the submission becomes a lead."""
        now = fields.Datetime.now()
        if verdict.reason == DOWN and now < self.create_date + TOKEN_TIME:
            # Nothing was tried, so it doesn't count as a try.
            self.write(
                {"next_attempt": now + ASK_AGAIN, "attempts": max(self.attempts - 1, 1)}
            )
            return False
        values = {"recaptcha_score": verdict.score, "recaptcha_token": False}
        reason = verdict.reason
        if not reason and verdict.score < self.form_id.recaptcha_min_score:
            reason = "recaptcha_score"
        if reason:
            values |= {"state": "quarantine", "reason": reason}
        self.write(values)
        if reason == "recaptcha_score":
            least = self.form_id.recaptcha_min_score
            self._note_quarantine(reason, score=verdict.score, least=least)
        elif reason:
            self._note_quarantine(reason)
        return not reason

    def _get_recaptcha_secret(self):
        """Return the secret key, empty when reCAPTCHA isn't set up or turned off."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters._get_lead_flag("enable_recaptcha", True):
            return ""
        return parameters.get_param("recaptcha_private_key") or ""

    def _ask_recaptcha(self, session, secret, token):
        """Return the `Verdict` on an answer of the browser."""
        url = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("lead_management.recaptcha_url", VERIFY_URL)
        )
        if not token:
            return Verdict("recaptcha_missing")
        try:
            answer = session.post(
                url, {"secret": secret, "response": token}, timeout=TIMEOUT
            ).json()
            is_valid, score = bool(answer["success"]), float(answer.get("score", 0))
        except NO_ANSWER as error:
            _logger.info("reCAPTCHA can't be asked: %s", error)
            return Verdict(DOWN)
        if not is_valid:
            codes = answer.get("error-codes") or ()
            if "timeout-or-duplicate" in codes:
                return Verdict("recaptcha_expired")
            if {"missing-input-secret", "invalid-input-secret"} & set(codes):
                _logger.warning("reCAPTCHA doesn't accept the secret key")
                return Verdict(DOWN)
            return Verdict("recaptcha_invalid")
        if answer.get("action", capture_fields.RECAPTCHA_ACTION) != (
            capture_fields.RECAPTCHA_ACTION
        ):
            return Verdict("recaptcha_invalid", score)
        return Verdict(None, score)
