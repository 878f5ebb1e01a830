import datetime
import ipaddress
import json
import logging
import time
from typing import NamedTuple

import psycopg2.errors

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize
from odoo.tools.misc import hmac

from ...tools import capture_fields
from ...tools.capture_values import REQUIRED, TOO_LONG, ValueRefusedError, read

_logger = logging.getLogger(__name__)

ADDRESS_SCOPE = "lead_management.capture_address"
DEDUP_SCOPE = "lead_management.capture_dedup"
DEDUP_TIME = datetime.timedelta(minutes=5)
RATE_TIME = datetime.timedelta(hours=1)
# From this many times the rate limit on, an address is not even put in quarantine.
FLOOD_FACTOR = 10
DEFAULT_CEILING = 50_000
DEFAULT_QUARANTINE_CEILING = 1_000
TRIMMED_AT_ONCE = 200
MAX_RECAPTCHA_TOKEN = 4096
# After so many seconds, whoever was woken may have been killed.
WAKE_AGAIN = 10

# When this process has woken the scheduled action, by database
_woken = {}

TAKEN = "taken"
INVALID = "invalid"
FULL = "full"
FLOOD = "flood"
EMPTY = "empty"


class Receipt(NamedTuple):
    """What became of a post.

    * `outcome`: `TAKEN`, also when it was taken before; `INVALID`; `FULL`: too many
      wait already; `FLOOD`: too many from this address;
    * `errors`: why, by the names of the inputs, when it is `INVALID`.
    """

    outcome: str
    errors: dict = {}


class CrmLeadCaptureSubmission(models.Model):
    """How submissions come in: one row each, and little else in the request."""

    _inherit = "crm.lead.capture.submission"

    @api.model
    def _receive(self, intake, inputs, address, lang):
        """Store what a visitor has sent, to be made a lead by the scheduled action.

        :param Intake intake: what is known of the form
        :param dict inputs: the values of its inputs, by name
        :param str address: the visitor's network address
        :param str lang: code of the language of the page
        :return: a `Receipt`
        """
        answers, errors = self._read_answers(intake, inputs)
        agreed = self._read_consents(intake, inputs, errors)
        if not (answers or errors):
            errors[intake.questions[0][0]] = EMPTY
        if errors:
            return Receipt(INVALID, errors)
        address_hash = self._hash_address(address)
        recent, is_full = self._count_load(intake, address_hash)
        if is_full:
            return Receipt(FULL)
        if intake.rate_limit and recent >= intake.rate_limit * FLOOD_FACTOR:
            return Receipt(FLOOD)
        reason = self._find_suspicion(intake, inputs, recent)
        touches = {
            name: inputs[name][: capture_fields.TOUCH_MAX_LENGTH]
            for name in capture_fields.TOUCHES
            if inputs.get(name, "").strip()
        }
        self._store(
            {
                "form_id": intake.form_id,
                "company_id": intake.company_id,
                "name": self._get_sender(answers),
                "email_normalized": email_normalize(answers.get("email", "")) or None,
                "answers": json.dumps(answers),
                "touches": json.dumps(touches) if touches else None,
                "consents": self._snapshot_consents(agreed, lang),
                "lang": lang,
                "address_hash": address_hash,
                "state": "quarantine" if reason else "new",
                "reason": reason,
                "attempts": 0,
                "dedup_key": self._get_dedup_key(intake, answers),
                "recaptcha_token": (
                    intake.use_recaptcha
                    and inputs.get(capture_fields.RECAPTCHA, "")[:MAX_RECAPTCHA_TOKEN]
                )
                or None,
            }
        )
        return Receipt(TAKEN)

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    @api.model
    def _read_answers(self, intake, inputs):
        """Return the answers that can be used, and why others can't, by input name."""
        find_country = self.env["crm.lead.capture.form"]._find_country
        answers, errors = {}, {}
        for key, is_required in intake.questions:
            field = capture_fields.FIELDS[key]
            try:
                value = read(field, inputs.get(key, ""), intake.currency)
            except ValueRefusedError as error:
                errors[key] = error.reason
                continue
            if not value:
                if is_required:
                    errors[key] = REQUIRED
            elif field.kind == "country" and not find_country(value):
                errors[key] = INVALID
            else:
                answers[key] = value
        return answers, errors

    @api.model
    def _read_consents(self, intake, inputs, errors):
        """Return the ids of the consents given; add what is missing to the errors."""
        agreed = []
        for consent_id, is_required in intake.consents:
            name = capture_fields.consent_name(consent_id)
            if inputs.get(name, "").strip():
                agreed.append(consent_id)
            elif is_required:
                errors[name] = REQUIRED
        return agreed

    @api.model
    def _snapshot_consents(self, consent_ids, lang):
        """Return the consents as the visitor read them, as JSON text."""
        if not consent_ids:
            return None
        consents = self.env["crm.lead.capture.consent"].sudo().browse(consent_ids)
        return json.dumps(
            [
                {
                    "id": consent.id,
                    "name": consent.name,
                    "text": consent.text,
                    "policy_url": consent.policy_url or "",
                }
                for consent in consents.with_context(lang=lang).exists()
            ]
        )

    @api.model
    def _explain_refusal(self, name, code):
        """Return what a visitor reads beside an input that can't be used.

        :param str name: of the input, empty for the form as a whole
        :param str code: why
        """
        texts = {
            FULL: self.env._(
                "This form can't take any more today. Please try again tomorrow."
            ),
            FLOOD: self.env._(
                "You have sent this form too often. Please try again later."
            ),
            EMPTY: self.env._("Please fill in the form."),
            REQUIRED: self.env._("Please fill this in."),
            TOO_LONG: self.env._("Please write less here."),
        }
        kinds = {
            "email": self.env._("Please check the email address."),
            "phone": self.env._("Please check the phone number."),
            "url": self.env._("Please write an address such as www.example.com."),
            "integer": self.env._("Please write a whole number."),
            "amount": self.env._("Please write a number."),
            "twitter": self.env._("Please write a name such as @example."),
            "date": self.env._("Please write a date such as 2030-12-31."),
            "country": self.env._("Please write the name of a country."),
        }
        if code == REQUIRED and capture_fields.consent_id(name):
            return self.env._("Please check this box to go on.")
        field = capture_fields.FIELDS.get(name)
        return (
            texts.get(code)
            or (field and kinds.get(field.kind))
            or self.env._("Please choose again.")
        )

    # ------------------------------------------------------------
    # SUSPICION
    # ------------------------------------------------------------

    @api.model
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

    @api.model
    def _count_load(self, intake, address_hash):
        """Return how many this address has sent within an hour, and whether as many
        wait as are allowed to. Both counts end where they are decided."""
        table = SQL.identifier(self._table)
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
                table=table,
                form=intake.form_id,
                address=address_hash,
                since=fields.Datetime.now() - RATE_TIME,
                flood=intake.rate_limit * FLOOD_FACTOR,
                ceiling=self._get_ceiling() - 1,
            )
        )
        return self.env.cr.fetchone()

    @api.model
    def _get_ceiling(self):
        """Return how many submissions of a form may wait."""
        return self._get_count_parameter("capture_ceiling", DEFAULT_CEILING)

    @api.model
    def _get_quarantine_ceiling(self):
        """Return how many submissions of a form may be in quarantine."""
        return self._get_count_parameter(
            "capture_quarantine_ceiling", DEFAULT_QUARANTINE_CEILING
        )

    @api.model
    def _get_count_parameter(self, name, default):
        parameters = self.env["ir.config_parameter"]
        return max(parameters._get_lead_number(f"lead_management.{name}", default), 1)

    @api.model
    def _find_suspicion(self, intake, inputs, recent):
        """Return the reason for putting a submission in quarantine, None without one.

        :param int recent: how many its address has sent within an hour
        """
        if inputs.get(capture_fields.HONEYPOT):
            return "honeypot"
        if started := inputs.get(capture_fields.STARTED):
            form = self.env["crm.lead.capture.form"].sudo().browse(intake.form_id)
            start = form._read_start(started)
            if not start:
                return "forged_time"
            seconds = (fields.Datetime.now() - start).total_seconds()
            if seconds < intake.min_fill_seconds:
                return "too_fast"
        if intake.rate_limit and recent >= intake.rate_limit:
            return "rate"
        if (
            intake.use_recaptcha
            and not inputs.get(capture_fields.RECAPTCHA)
            and self._get_recaptcha_secret()
        ):
            return "recaptcha_missing"
        return None

    # ------------------------------------------------------------
    # STORING
    # ------------------------------------------------------------

    @api.model
    def _get_dedup_key(self, intake, answers):
        """Return what tells the same answers from others, whatever their letter case
        and space."""
        same = {key: " ".join(text.casefold().split()) for key, text in answers.items()}
        message = json.dumps([intake.form_id, same], sort_keys=True)
        return hmac(self.env(su=True), DEDUP_SCOPE, message)

    @api.model
    def _store(self, values):
        """Insert a row, unless the same was sent in the last minutes.

        Two requests at once can't both insert it: the second waits for the first at
        the unique index, and then finds it there.

        :param dict values: by column
        :return: the id of the new row, None when it was sent before
        """
        if row_id := self._insert(values):
            return row_id
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s SET dedup_key = NULL
                 WHERE dedup_key = %s AND create_date <= %s
                """,
                SQL.identifier(self._table),
                values["dedup_key"],
                fields.Datetime.now() - DEDUP_TIME,
            )
        )
        return self._insert(values) if self.env.cr.rowcount else None

    @api.model
    def _insert(self, values):
        # Not `create`: a unique index that refuses would end the transaction there,
        # and write an error to the log.
        now = fields.Datetime.now()
        values = {**values, "create_date": now, "write_date": now}
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    SQL(
                        """
                        INSERT INTO %s (%s) VALUES %s
                        ON CONFLICT (dedup_key) DO NOTHING
                        RETURNING id
                        """,
                        SQL.identifier(self._table),
                        SQL(", ").join(map(SQL.identifier, values)),
                        tuple(values.values()),
                    ),
                    log_exceptions=False,
                )
                row = self.env.cr.fetchone()
        except psycopg2.errors.SerializationFailure:
            # Another request has just stored the same.
            return None
        if row and values["state"] == "new":
            self.env.cr.postcommit.add(self._wake_processing(row[0]))
        if row and values["state"] == "quarantine":
            self.env.cr.postcommit.add(self._trim_afterwards(values["form_id"]))
        return row and row[0]

    @api.model
    def _wake_processing(self, row_id):
        """Return what to do once a new row is there: wake the scheduled action, unless
        it has older ones to do.

        It goes on until it finds nothing more, so who came when something was still to
        be done needs not wake it: a burst of posts costs one wake-up. But a process
        wakes it every few seconds, in case older ones are there because it was killed.
        """
        registry = self.pool

        def wake():
            now = time.monotonic()
            with registry.cursor() as cr:
                cr.execute(
                    """
                    SELECT EXISTS(SELECT 1 FROM crm_lead_capture_submission
                                   WHERE state = 'new' AND attempts = 0 AND id < %s)
                    """,
                    [row_id],
                )
                has_older = cr.fetchone()[0]
                since = now - _woken.get(registry.db_name, float("-inf"))
                if has_older and since < WAKE_AGAIN:
                    return
                _woken[registry.db_name] = now
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                env[self._name]._trigger_processing()

        return wake

    # ------------------------------------------------------------
    # ROOM IN THE QUARANTINE
    # ------------------------------------------------------------

    @api.model
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

    @api.model
    def _trim_quarantines(self):
        """Keep all quarantines at their ceiling."""
        counts = self._read_group(
            [("state", "=", "quarantine")],
            ["form_id"],
            having=[("__count", ">", self._get_quarantine_ceiling())],
        )
        for (form,) in counts:
            self._trim_quarantine(form.id)

    @api.model
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
