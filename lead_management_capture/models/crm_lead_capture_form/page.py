import binascii
import time
from datetime import UTC, datetime

from odoo import models
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...tools import capture_fields, capture_html, safe_url
from ...tools.capture_parts import Consent, Form, Question, Texts

START_SCOPE = "lead_management.capture_start"
START_VALID_HOURS = 24
MAX_HEADING = 80
SOURCE_LANG = "en_US"  # in which this module is written


class CrmLeadCaptureForm(models.Model):
    """The form as visitors see it: on the page that Odoo serves, and as HTML for other
    sites."""

    _inherit = "crm.lead.capture.form"

    def _render_page(self, values=None, errors=None, lang=None, nonce=""):
        """Return the page that Odoo serves.

        :param dict values: what the visitor typed, by name of the input
        :param dict errors: what is wrong with it, by name of the input; what is wrong
            with the form as a whole under the empty name
        :param str lang: code of the language, as `_get_page_lang` returned it
        :param str nonce: the one of the headers sent with the page
        :rtype: str
        """
        form = self._with_lang(lang)
        values = values or {}
        started = values.get(capture_fields.STARTED)
        # Who mends a mistake has spent the time already.
        signed = started if form._read_start(started) else form._sign_start()
        shown = form._get_shown_form(values, errors or {})
        shown.action = form._get_post_path()
        shown.company = form.company_id.name
        shown.languages = form._get_language_links()
        shown.framed = bool(form._get_frame_ancestors())
        shown.hidden.update(
            {
                capture_fields.PAGE: capture_fields.PAGE_HOSTED,
                capture_fields.STARTED: signed,
            }
        )
        return capture_html.page(shown, nonce)

    def _render_html(self, lang=None, complete=False):
        """Return the form as HTML for other web sites.

        :param bool complete: a page of its own, instead of what to paste into one
        :rtype: str
        """
        form = self._with_lang(lang)
        render = capture_html.page if complete else capture_html.fragment
        return render(form._get_shown_form())

    def _get_thanks(self):
        """Return heading and text of the page after sending. What the form says takes
        the place of what is said without it."""
        own = (self.thank_you or "").strip()
        if not own:
            return self.env._("Thank you"), self.env._("We have received your message.")
        heading, _line, text = own.partition("\n")
        if len(heading) <= MAX_HEADING:
            return heading, text
        return self.title or self.name, own

    def _get_shown_form(self, values=None, errors=None):
        """Return what the form shows, in the language of the environment."""
        values, errors = values or {}, errors or {}
        lang = self._get_lang_data()
        return Form(
            number=self._origin.id or 0,
            action=self.get_base_url() + self._get_post_path(),
            title=self.title or self.name or "",
            intro=self.intro or "",
            submit_label=self.submit_label or "",
            questions=[
                self._get_question(field, values, errors)
                for field in self.field_ids.sorted("sequence")
                if field.key
            ],
            consents=[
                self._get_consent(consent, values, errors)
                for consent in self.consent_ids.sorted("sequence")
                if consent.text
            ],
            lang=lang.code,
            direction=lang.direction,
            hidden=self._get_hidden_inputs(values),
            error=errors.get("", ""),
            recaptcha_key=self._get_recaptcha_key(),
            texts=self._get_page_texts(),
        )

    def _get_question(self, field, values, errors):
        return Question(
            field._get_safe_field(),
            label=field.label or field.default_label,
            help=field.help_text or "",
            placeholder=field.placeholder or "",
            required=field.required,
            options=field._get_options(),
            value=values.get(field.key) or "",
            error=errors.get(field.key, ""),
        )

    def _get_consent(self, consent, values, errors):
        name = consent.input_name
        try:
            policy_url = safe_url.page_url(consent.policy_url)
        except safe_url.UnsafeUrlError:
            policy_url = ""
        return Consent(
            name,
            text=consent.text,
            policy_url=policy_url,
            required=consent.required,
            checked=values.get(name) == capture_fields.CONSENT_VALUE,
            error=errors.get(name, ""),
        )

    def _get_hidden_inputs(self, values):
        return {
            capture_fields.LANGUAGE: self._get_lang_data().code,
            **{
                name: (values.get(name) or "")[: capture_fields.TOUCH_MAX_LENGTH]
                for name in capture_fields.TOUCHES
            },
        }

    def _get_page_texts(self):
        return Texts(
            send=self.env._("Send"),
            choose=self.env._("Please choose"),
            required_note=self.env._("Fields marked with * are required."),
            trap=self.env._("Leave this field empty"),
            errors=self.env._("Please check these fields:"),
            policy=self.env._("Privacy policy"),
            languages=self.env._("Languages"),
        )

    def _get_recaptcha_key(self):
        """Return the public key of the site; empty when the form doesn't use it."""
        if not self.use_recaptcha:
            return ""
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("recaptcha_public_key") or ""

    # Addresses

    def _get_post_path(self):
        return f"/lead/capture/{self.token}"

    def _get_page_path(self):
        return f"/lead/form/{self.token}"

    # Languages

    def _with_lang(self, lang):
        return self.with_context(lang=lang or self._get_page_lang())

    def _get_lang_data(self):
        """Return code and direction of the language of the environment, or of the
        form's own when that isn't active."""
        languages = self.env["res.lang"]
        return languages._get_data(code=self.env.lang) or languages._get_data(
            code=self._get_page_lang()
        )

    def _get_page_lang(self, wanted=()):
        """Return in which language to show the form.

        :param wanted: codes of languages that the visitor reads, best first, as in
            `de_AT` or `de-AT` or `de`
        """
        codes = self.lang_ids.filtered("active").mapped("code")
        for code in wanted:
            code = code.replace("-", "_")
            short = code.partition("_")[0]
            for found in (
                [known for known in codes if known.lower() == code.lower()],
                [known for known in codes if known.partition("_")[0] == short],
            ):
                if found:
                    return found[0]
        own = self._get_company_lang()
        return own if own in codes or not codes else codes[0]

    def _get_company_lang(self):
        """Return the code of the language of the company; of one that is active, where
        it has none."""
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = (self.company_id.partner_id.lang, SOURCE_LANG)
        return next((code for code in wanted if code in active), active[0])

    def _get_language_links(self):
        return [
            (f"{self._get_page_path()}?lang={lang.code}", lang.code, lang.name)
            for lang in self.lang_ids
            if lang.code != self.env.lang
        ]

    # When the page was served

    def _sign_start(self):
        """Return the moment of now as text that only this server can write, for the
        `started` input of the page."""
        return hash_sign(
            self.env(su=True),
            START_SCOPE,
            [self.id, int(time.time())],
            expiration_hours=START_VALID_HOURS,
        )

    def _read_start(self, signed):
        """Return when the page was served to the visitor.

        :param signed: the `started` input as it came back
        :return: naive UTC; None when it wasn't signed by this server for this form, or
            more than a day ago
        :rtype: datetime.datetime | None
        """
        try:
            values = verify_hash_signed(self.env(su=True), START_SCOPE, signed or "")
            form_id, timestamp = values
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValueError):
            return None
        if form_id != self.id:
            return None
        return datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
