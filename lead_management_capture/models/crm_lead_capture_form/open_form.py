import re
from typing import NamedTuple

from odoo import models
from odoo.tools import ormcache

from ...tools import capture_fields

# What a token may hold that came from the web
TOKEN = re.compile(r"[!-~]{1,100}")


class OpenForm(NamedTuple):
    """What taking a submission needs to know of its form, kept in memory.

    * `questions`: of each field, its `SafeField` and whether it is required;
    * `consents`: of each consent, its id and whether it is required;
    * `names`: of all inputs the form has;
    * `conditions`: when questions show that don't always, by their keys;
    * `several`: names of those that may be sent more than once;
    * `files`: names of those that take files;
    * `langs`: codes of its languages, the one for everybody else first;
    * `keys`: what tells right keys of programs.
    """

    form_id: int
    company_id: int
    currency: str
    questions: tuple
    consents: tuple
    names: frozenset
    conditions: dict
    several: frozenset
    files: frozenset
    langs: tuple
    return_url: str
    error_url: str
    cors_origins: frozenset
    rate_limit: int
    min_fill_seconds: int
    use_recaptcha: bool
    keys: dict


def find_by_token(records, token):
    """Return the open one of some records at an address, in sudo and for its company;
    empty when there is none."""
    records = records.sudo()
    if not isinstance(token, str) or not TOKEN.fullmatch(token):
        return records.browse()
    found = records.search([("token", "=", token)], limit=1)
    return found.with_company(found.company_id) if found else found


class CrmLeadCaptureForm(models.Model):
    """The form behind an address. What a post needs of it is asked for at every post
    and changes rarely, so it is cached."""

    _inherit = "crm.lead.capture.form"

    def _find_by_token(self, token):
        return find_by_token(self, token)

    def _find_closed(self, token):
        """Return the form at an address that was closed, as `_find_by_token` does."""
        form = self.with_context(active_test=False)._find_by_token(token)
        return form.filtered(lambda form: not form.active)

    def _get_open_form(self, token):
        """Return the `OpenForm` at an address, None when there is none."""
        try:
            return self._load_open_form(token)
        except LookupError:
            return None

    def _get_technical_names(self):
        """Return the names of inputs that are no questions. Extend for more."""
        return capture_fields.TECHNICAL_NAMES

    @ormcache("token")
    def _load_open_form(self, token):
        # An error isn't cached, so guessing tokens doesn't push out real ones.
        form = self._find_by_token(token)
        if not form:
            raise LookupError(token)
        questions = tuple(
            (safe, field.required)
            for field in form.field_ids
            if not field.is_constant and (safe := field._get_safe_field())
        )
        consents = tuple((consent.id, consent.required) for consent in form.consent_ids)
        return OpenForm(
            form_id=form.id,
            company_id=form.company_id.id,
            currency=form.company_id.currency_id.name,
            questions=questions,
            consents=consents,
            names=self._get_technical_names()
            | {safe.key for safe, _ in questions}
            | {capture_fields.consent_name(consent_id) for consent_id, _ in consents},
            conditions={
                field.name: condition
                for field in form.field_ids
                if (condition := field._get_condition())
            },
            several=frozenset(
                safe.key for safe, _ in questions if safe.input_type == "checkboxes"
            ),
            files=frozenset(safe.key for safe, _ in questions if safe.files),
            langs=tuple(
                dict.fromkeys([form._get_page_lang(), *form.lang_ids.mapped("code")])
            ),
            return_url=form._get_url("return_url"),
            error_url=form._get_url("error_url"),
            cors_origins=frozenset(form._get_origins("cors_origins")),
            rate_limit=form.rate_limit,
            min_fill_seconds=form.min_fill_seconds,
            use_recaptcha=form.use_recaptcha,
            keys={key.digest: (key.id, key.expiration_date) for key in form.key_ids},
        )
