import json
import re

from markupsafe import Markup

from odoo import models
from odoo.tools.json import scriptsafe

from ...tools import capture_fields, safe_url

MAX_HEADING = 80
RECAPTCHA_API = "https://www.google.com/recaptcha/api.js"
# No document may hold it.
NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# How the templates are indented. Behind what somebody typed stands no tag, but for the
# end of its own.
INDENT = re.compile(r"\n\s+(?=<(?!/textarea))")


class CrmLeadCaptureForm(models.Model):
    """The form as visitors see it: on the page that Odoo serves, and as HTML for other
    sites. The HTML is in `views/crm_lead_capture_templates.xml`."""

    _inherit = "crm.lead.capture.form"

    def _render_page(self, values=None, errors=None, lang=None, nonce=None):
        """Return the page that Odoo serves.

        :param dict values: what the visitor typed, by name of the input
        :param dict errors: what is wrong with it, by name of the input; what is wrong
            with the form as a whole under the empty name
        :param str lang: code of the language, as `_get_page_lang` returned it
        :param str nonce: the one of the headers sent with the page
        """
        form = self._with_lang(lang)
        values = values or {}
        started = values.get(capture_fields.STARTED)
        shown = form._get_shown(values, errors or {})
        shown["hidden"] |= {
            capture_fields.PAGE: capture_fields.PAGE_HOSTED,
            # Who corrects a mistake has spent the time already.
            capture_fields.STARTED: (
                started if form._read_start(started) else form._sign_start()
            ),
        }
        shown |= {
            "action": form._get_post_path(),
            "company": form.company_id.name,
            "languages": form._get_language_links(),
            "framed": bool(form._get_frame_ancestors()),
            "nonce": nonce,
        }
        return form._render_template("capture_page", shown)

    def _render_html(self, lang=None, complete=False):
        """Return the form as HTML for other web sites.

        :param bool complete: a page of its own, instead of what to paste into one
        """
        form = self._with_lang(lang)
        shown = form._get_shown()
        if complete:
            return form._render_template("capture_page", shown)
        return form._render_template("capture_form", {**shown, "is_fragment": True})

    def _render_message(self, title, text, nonce, template="capture_message", **more):
        """Return a page that says something and has nothing to fill in, in the language
        of the environment."""
        shown = {
            **more,
            "title": title,
            "text": self._get_paragraphs(text),
            "company": self.company_id.name,
            "framed": bool(self._get_frame_ancestors()),
            "nonce": nonce,
        }
        return self._render_template(template, shown)

    def _render_template(self, name, values):
        """Return a page of visitors.

        :param str name: of the template; with its addon, if it isn't this one
        """
        language = self._get_lang_data()
        text = self.env["ir.qweb"]._render(
            name if "." in name else f"lead_management_capture.{name}",
            {
                "lang": language.code.replace("_", "-"),
                "direction": language.direction,
                **values,
            },
            # Nothing that belongs to Odoo's own pages
            minimal_qcontext=True,
            inherit_branding=False,
        )
        return INDENT.sub("\n", NO_TEXT.sub("", text)).strip()

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

    # ------------------------------------------------------------
    # WHAT THE TEMPLATES GET
    # ------------------------------------------------------------

    def _get_shown(self, values=None, errors=None):
        """Return what the form shows, in the language of the environment."""
        values, errors = values or {}, errors or {}
        questions = [
            self._get_question(field, safe, values, errors)
            for field in self.field_ids.sorted("sequence")
            if not field.is_constant and (safe := field._get_safe_field())
        ]
        consents = [
            self._get_consent(consent, values, errors)
            for consent in self.consent_ids.sorted("sequence")
            if consent.text
        ]
        parts = questions + consents
        return {
            "prefix": self._get_prefix(),
            "action": self.get_base_url() + self._get_post_path(),
            "title": self.title or self.name or "",
            "intro": self._get_paragraphs(self.intro),
            "submit_label": self.submit_label,
            "questions": questions,
            "consents": consents,
            "any_required": any(part["required"] for part in parts),
            "wrong": [part for part in parts if part["error"]],
            "error": errors.get(""),
            "trap": capture_fields.HONEYPOT,
            "hidden": {
                capture_fields.LANGUAGE: self._get_lang_data().code,
                **{
                    name: (values.get(name) or "")[: capture_fields.TOUCH_MAX_LENGTH]
                    for name in capture_fields.TOUCHES
                },
            },
            "enctype": (
                "multipart/form-data"
                if any(question["field"].files for question in questions)
                else None
            ),
            "recaptcha": self._get_recaptcha(),
            "conditions": (
                scriptsafe.dumps(f"{self._get_prefix()}form")
                if any(question["condition"] for question in questions)
                else None
            ),
        }

    def _get_question(self, field, safe, values, errors):
        help_text = field.help_text
        if safe.files:
            help_text = " ".join(filter(None, (help_text, field._describe_files())))
        part = self._get_part(field, safe.key, errors, help_text)
        part["attributes"]["autocomplete"] = safe.autocomplete or None
        if condition := field._get_condition():  # as the script of the form reads it
            condition = json.dumps({"name": condition.key, "values": condition.values})
        return {
            **part,
            "field": safe,
            "label": field.label or field.default_label,
            "yes": capture_fields.CONSENT_VALUE,
            "placeholder": field.placeholder or None,
            "options": field._get_options(),
            "condition": condition,
            "value": values.get(safe.key) or "",
            "chosen": (values.get(safe.key) or "").split("\n"),
        }

    def _get_consent(self, consent, values, errors):
        try:
            policy_url = safe_url.page_url(consent.policy_url)
        except safe_url.UnsafeUrlError:
            policy_url = ""
        name = consent.input_name
        return {
            **self._get_part(consent, name, errors),
            "label": consent.text,
            "policy_url": policy_url,
            "value": capture_fields.CONSENT_VALUE,
            "checked": values.get(name) == capture_fields.CONSENT_VALUE,
        }

    def _get_part(self, line, name, errors, help_text=""):
        """Return what questions and consents have in common; `attributes` are those of
        the input."""
        input_id = self._get_prefix() + name
        notes = {"help": help_text, "error": errors.get(name)}
        described = " ".join(f"{input_id}-{kind}" for kind in notes if notes[kind])
        return {
            "id": input_id,
            "required": line.required,
            **notes,
            "attributes": {
                "id": input_id,
                "name": name,
                "required": "required" if line.required else None,
                "aria-invalid": "true" if notes["error"] else None,
                "aria-describedby": described or None,
            },
        }

    def _get_prefix(self):
        """Return what tells the ids of the inputs from those of another form on the
        page."""
        return f"lead-form-{self._origin.id or 0}-"

    def _get_recaptcha(self):
        """Return what the script of reCAPTCHA needs, None when the form has none."""
        if not (key := self._get_recaptcha_key()):
            return None
        name, action = capture_fields.RECAPTCHA, capture_fields.RECAPTCHA_ACTION
        arguments = [f"{self._get_prefix()}form", key, action, name]
        return {
            "name": name,
            "address": f"{RECAPTCHA_API}?render={key}",
            "arguments": scriptsafe.dumps(arguments),
        }

    def _get_recaptcha_key(self):
        """Return the public key of the site; empty when the form doesn't use it."""
        if not self.use_recaptcha:
            return ""
        parameters = self.env["ir.config_parameter"].sudo()
        key = parameters.get_param("recaptcha_public_key") or ""
        return re.sub(r"[^\w-]", "", key, flags=re.ASCII)

    def _get_language_links(self):
        return [
            {
                "address": f"{self._get_page_path()}?lang={lang.code}",
                "tag": lang.code.replace("_", "-"),
                "name": lang.name,
            }
            for lang in self.lang_ids
            if lang.code != self.env.lang
        ]

    @staticmethod
    def _get_paragraphs(text):
        """Return the paragraphs of a text, its lines as they are."""
        parts = re.split(r"\n\s*\n", text.strip()) if text else ()
        return Markup("\n").join(
            Markup("<p>%s</p>") % Markup("<br/>").join(part.splitlines())
            for part in parts
        )
