from odoo import api, models
from odoo.tools import ormcache

from odoo.addons.lead_management.tools import place_name

from ..tools import country_names
from .crm_lead_capture_form.language import SOURCE_LANG


class ResCountry(models.Model):
    # Countries as visitors of web forms write them. A docstring would become that of
    # the model, and stay when the addon goes.
    _inherit = "res.country"

    @api.model
    def _find_named_code(self, text):
        """Return the ISO code of the country that a text names, as a code or in one of
        the database's languages or another big one; None when it names none."""
        code = text.strip().upper()
        names = self._get_codes_by_name()
        if code in names.values():
            return code
        if known := names.get(place_name.fold(text)):
            return known
        place = place_name.resolve(text, country_names.get_names() | names, {})
        return place and place.country

    @api.model
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
