import binascii
import datetime
import logging

import requests

from odoo import fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

from odoo.addons.lead_management_capture.tools import capture_fields

from ...tools import trial_answers

_logger = logging.getLogger(__name__)

SCOPE = "lead_management.form_trial"
VALID_HOURS = 1
TIMEOUT = 30
DELAY = datetime.timedelta(hours=1)
ACTIVITY = "lead_management_form_health.mail_activity_type_trial"


class CrmLeadCaptureForm(models.Model):
    """A form is sent every night as a visitor would, to see whether a lead comes of it.

    The post goes to the public address of the form over the network, so that whatever
    stands in between is tried, too. It carries a marker that only this server can sign:
    the submission is stored and becomes a lead in a transaction of its own, which is
    then rolled back. Nothing stays of it, no mail is sent, and nothing is counted. What
    visitors have sent and waits for its lead too long is a failure as well: the
    scheduled action that makes leads doesn't run.

    Who is responsible for the form gets an activity when it doesn't work, once, and is
    told when it works again.
    """

    _inherit = "crm.lead.capture.form"

    is_tried = fields.Boolean(
        "Try It Every Night",
        default=True,
        help="Send the form every night as a visitor would, and tell its owner when no"
        " lead comes of it. Nothing stays of it.",
    )
    trial_date = fields.Datetime("Last Tried", readonly=True, system=True, copy=False)
    trial_error = fields.Text(
        "Doesn't Work",
        readonly=True,
        system=True,
        copy=False,
        help="Why no lead came of it when it was tried last",
    )

    def _get_technical_names(self):
        return super()._get_technical_names() | {trial_answers.MARKER}

    def _cron_try(self):
        """Try all open forms. One that fails is tried again after the others: a server
        that was being restarted is no reason for an alarm."""
        forms = self.search([("is_tried", "=", True)])
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(forms))
        failed = self.browse()
        for form in forms:
            if error := form._send_trial():
                failed += form
                _logger.info("The web form %s failed a trial: %s", form.id, error)
            else:
                form._set_trial("")
                progress._commit_progress(1)
        for form in failed:
            form._set_trial(form._send_trial())
            progress._commit_progress(1)

    def action_try(self):
        """Try the form now, and say what came of it."""
        self.ensure_one()
        self.check_access("write")
        error = self._send_trial()
        self.sudo()._set_trial(error)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": error
                or self.env._("It works: a lead came of it, and was removed again."),
                "type": "danger" if error else "success",
                "sticky": bool(error),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _sign_trial(self):
        """Return the marker of a trial."""
        return hash_sign(
            self.env(su=True), SCOPE, self.id, expiration_hours=VALID_HOURS
        )

    def _is_trial(self, form_id, marker):
        """Tell whether a marker is one of this server for a form."""
        try:
            return verify_hash_signed(self.env(su=True), SCOPE, marker) == form_id
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValueError):
            return False

    def _send_trial(self):
        """Send the form as a visitor would, and look whether leads come of what others
        have sent; return why no lead came of it, empty when one did."""
        self.ensure_one()
        return self._post_trial() or self._get_delay()

    def _get_delay(self):
        """Return what is wrong when no leads are made of what visitors have sent."""
        late = (
            self.env["crm.lead.capture.submission"]
            .sudo()
            .search_count(
                [
                    ("form_id", "=", self.id),
                    ("state", "=", "new"),
                    ("create_date", "<", fields.Datetime.now() - DELAY),
                ]
            )
        )
        if not late:
            return ""
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        return self.env._(
            "Submissions have waited for their leads for more than an hour (%(count)s)."
            " An administrator can see why in the scheduled action “%(action)s”.",
            count=late,
            action=cron.sudo().name,
        )

    def _post_trial(self):
        form = self.sudo().with_company(self.company_id)
        address = form.get_base_url() + form._get_post_path()
        data, files = trial_answers.get(
            [
                (line._get_safe_field(), line.required, line._get_options())
                for line in form.field_ids
                if not line.is_constant and line._get_safe_field()
            ],
            self.env.company.country_id.code,
        )
        data |= {
            consent.input_name: capture_fields.CONSENT_VALUE
            for consent in form.consent_ids
            if consent.required
        }
        data[trial_answers.MARKER] = form._sign_trial()
        try:
            response = requests.post(
                address,
                data=data,
                files=files or None,
                headers={"Accept": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return self.env._(
                "%(address)s can't be reached from the server (%(error)s). Check the"
                " address of your Odoo in the system parameter web.base.url, and what"
                " stands in front of the server.",
                address=address,
                error=type(error).__name__,
            )
        return self._read_trial(address, response)

    def _read_trial(self, address, response):
        try:
            answer = response.json()
            outcome, errors = answer["outcome"], answer.get("errors") or {}
        except (KeyError, TypeError, ValueError, AttributeError):
            outcome, errors = "", {}
        if outcome == trial_answers.WORKED:
            return ""
        if reason := errors.get(trial_answers.MARKER):
            return self.env._("Odoo could not create the lead: %s", reason)
        if errors:
            labels = self._get_input_labels()
            return self.env._(
                "It was sent back: %s",
                ", ".join(
                    f"{labels.get(name, name)} ({code})"
                    for name, code in errors.items()
                ),
            )
        return self.env._(
            "%(address)s answered with status %(status)s, not as a form does. Something"
            " else answers there, or a web server in front of Odoo keeps forms out.",
            address=address,
            status=response.status_code,
        )

    def _set_trial(self, error):
        """Note what came of a trial; tell when it is something else than before."""
        was_broken = bool(self.trial_error)
        self.write({"trial_date": fields.Datetime.now(), "trial_error": error or False})
        if error and not was_broken:
            self._alarm(error)
        elif was_broken and not error:
            self._call_off()

    def _alarm(self, error):
        user = (self._get_responsible_users() or self._get_admins())[:1]
        if self.user_id in self._get_responsible_users():
            user = self.user_id
        env = self.with_context(lang=user.lang).env
        self.activity_schedule(
            ACTIVITY,
            user_id=user.id or self.env.uid,
            summary=env._("The form “%s” doesn't work", self.name),
            note=error,
        )

    def _call_off(self):
        users = (
            self.activity_ids.filtered(
                lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
            ).user_id
            or self._get_responsible_users()
        )
        self.activity_feedback([ACTIVITY])
        self._notify_trouble(
            users,
            lambda env: env._("The form “%s” works again", self.name),
            lambda env: env._("It was sent as a visitor would, and a lead came of it."),
        )

    def _get_problems(self):
        problems = super()._get_problems()
        if (delay := self._get_delay()) and delay != self.trial_error:
            problems.append(delay)
        if self.trial_error:
            problems.append(
                self.env._(
                    "The form didn't work when it was tried: %s", self.trial_error
                )
            )
        return problems
