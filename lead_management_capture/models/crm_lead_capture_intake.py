from typing import NamedTuple

from odoo import api, models
from odoo.tools import ormcache

from odoo.addons.lead_management.tools import place_name

from ..tools import capture_fields
from .crm_lead_capture_form.page import SOURCE_LANG


class Intake(NamedTuple):
    """What taking a submission needs to know of its form, kept in memory.

    * `questions`: of each field, its key and whether it is required;
    * `consents`: of each consent, its id and whether it is required;
    * `names`: of all inputs the form has;
    * `langs`: codes of its languages, the one for everybody else first.
    """

    form_id: int
    company_id: int
    currency: str
    questions: tuple
    consents: tuple
    names: frozenset
    langs: tuple
    return_url: str
    error_url: str
    cors_origins: frozenset
    rate_limit: int
    min_fill_seconds: int
    use_recaptcha: bool


class CrmLeadCaptureCachedMixin(models.AbstractModel):
    """A part of a form; `Intake` is read anew after its changes."""

    _name = "crm.lead.capture.cached.mixin"
    _description = "Cached Part of a Web Form"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()


class CrmLeadCaptureForm(models.Model):
    """What a post needs of the form. It is asked for at every post and changes rarely,
    so it is cached."""

    _name = "crm.lead.capture.form"
    _inherit = ["crm.lead.capture.form", "crm.lead.capture.cached.mixin"]

    @api.model
    def _get_intake(self, token):
        """Return the `Intake` of an open form, None when there is none at the address.

        :param str token: as it came from the web
        """
        try:
            return self._load_intake(token)
        except LookupError:
            return None

    @api.model
    @ormcache("token")
    def _load_intake(self, token):
        # An error isn't cached, so guessing tokens doesn't push out real ones.
        form = self._find_by_token(token)
        if not form:
            raise LookupError(token)
        questions = tuple((field.key, field.required) for field in form.field_ids)
        consents = tuple((consent.id, consent.required) for consent in form.consent_ids)
        return Intake(
            form_id=form.id,
            company_id=form.company_id.id,
            currency=form.company_id.currency_id.name,
            questions=questions,
            consents=consents,
            names=capture_fields.TECHNICAL_NAMES
            | {key for key, _ in questions}
            | {capture_fields.consent_name(consent_id) for consent_id, _ in consents},
            langs=tuple(
                dict.fromkeys([form._get_page_lang(), *form.lang_ids.mapped("code")])
            ),
            return_url=form._get_return_url(),
            error_url=form._get_error_url(),
            cors_origins=frozenset(form._get_cors_origins()),
            rate_limit=form.rate_limit,
            min_fill_seconds=form.min_fill_seconds,
            use_recaptcha=form.use_recaptcha,
        )

    @api.model
    def _find_country(self, text):
        """Return the ISO code of the country that a text names, in one of the
        database's languages or as a code; None when it names none."""
        code = text.strip().upper()
        names = self._get_country_codes()
        if code in names.values():
            return code
        if known := names.get(place_name.fold(text)):
            return known
        place = place_name.resolve(text, names, {})
        return place and place.country

    @api.model
    @ormcache()
    def _get_country_codes(self):
        countries = self.env["res.country"].sudo()
        active = [lang for lang, _name in self.env["res.lang"].get_installed()]
        return {
            place_name.fold(country.name): country.code
            # Countries are known by their English names everywhere.
            for lang in dict.fromkeys((SOURCE_LANG, *active))
            for country in countries.with_context(lang=lang).search_fetch([], ["name"])
        }

    def _get_input_labels(self):
        """Return what inputs are called, by name: by the form, or else by the list of
        safe fields."""
        self.ensure_one()
        labels = {key: field.label for key, field in capture_fields.FIELDS.items()}
        labels |= {field.key: field.display_name for field in self.sudo().field_ids}
        labels |= {
            capture_fields.consent_name(consent.id): consent.name
            for consent in self.sudo().consent_ids
        }
        return labels

    @api.model
    def _get_touch_labels(self):
        """Return what the parts of a visitor's way to the form are called, by the names
        of their inputs, in the order in which they are read."""
        touches = {
            "first": self.env._("First visit: %s"),
            "last": self.env._("Last visit: %s"),
        }
        parts = {
            "utm_source": self.env._("source"),
            "utm_medium": self.env._("medium"),
            "utm_campaign": self.env._("campaign"),
            "referrer": self.env._("came from"),
            "landing_page": self.env._("first page"),
        }
        return {
            f"{touch}_{part}": text % label
            for touch, text in touches.items()
            for part, label in parts.items()
        }

    @api.model
    def _describe_touches(self, touches):
        """Return the pairs of label and value of a visitor's way to the form.

        :param dict touches: as they are stored, in no order
        """
        touches = touches or {}
        return [
            (label, touches[name])
            for name, label in self._get_touch_labels().items()
            if touches.get(name)
        ]


class CrmLeadCaptureField(models.Model):
    _name = "crm.lead.capture.field"
    _inherit = ["crm.lead.capture.field", "crm.lead.capture.cached.mixin"]


class CrmLeadCaptureConsent(models.Model):
    _name = "crm.lead.capture.consent"
    _inherit = ["crm.lead.capture.consent", "crm.lead.capture.cached.mixin"]
