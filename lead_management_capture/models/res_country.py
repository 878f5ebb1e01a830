import re

from odoo import models
from odoo.tools import ormcache

from odoo.addons.lead_management.tools import place_name

from ..tools import close_name, country_names
from .crm_lead_capture_form.language import SOURCE_LANG

# Between two names of one country
SAME_AGAIN = re.compile(r"[/|()]|\s[-–—]\s")


class ResCountry(models.Model):
    # Countries as visitors of web forms write them. A docstring would become that of
    # the model, and stay when the addon goes.
    _inherit = "res.country"

    def _find_named_code(self, text, guess=True):
        """Return the ISO code of the country that a text names, as a code or in one of
        the database's languages or another big one; None when it names none.

        :param bool guess: whether a name may be short or misspelled, where only one can
            be meant
        """
        names = self._get_codes_by_name()
        if known := self._find_code(text, names):
            return known
        names = place_name.OTHER_NAMES | country_names.get_names() | names
        if known := self._find_code(text, names):
            return known
        # "DE – Germany", "Schweiz / Suisse", "United States (USA)"
        parts = filter(None, map(str.strip, SAME_AGAIN.split(text)))
        codes = {self._find_code(part, names) for part in parts}
        if len(codes) == 1 and (known := codes.pop()):
            return known
        if place := place_name.resolve(text, names, {}):
            return place.country
        if not guess:
            return None
        return close_name.find(text, place_name.fold(text), names)

    def _find_code(self, text, names):
        code = text.strip().upper()
        return code if code in names.values() else names.get(place_name.fold(text))

    @ormcache()
    def _get_codes_by_name(self):
        countries = self.sudo()
        active = [lang for lang, _name in self.env["res.lang"].get_installed()]
        return {
            place_name.fold(country.name): country.code
            # Countries are known by their English names everywhere.
            for lang in dict.fromkeys((SOURCE_LANG, *active))
            for country in countries.with_context(lang=lang).search_fetch([], ["name"])
        }
