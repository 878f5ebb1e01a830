from odoo import models

from ...tools.typing_manner import Manner, get_date_order

SOURCE_LANG = "en_US"  # in which this module is written


class CrmLeadCaptureForm(models.Model):
    """In which language the form is shown."""

    _inherit = "crm.lead.capture.form"

    def _with_lang(self, lang):
        return self.with_context(lang=lang or self._get_page_lang())

    def _get_lang_data(self):
        """Return code and direction of the language of the environment, or of the
        form's own when that isn't active."""
        languages = self.env["res.lang"]
        return languages._get_data(code=self.env.lang) or languages._get_data(
            code=self._get_page_lang()
        )

    def _get_manner(self, lang, currency):
        """Return how visitors of a page write numbers and dates."""
        data = self.env["res.lang"]._get_data(code=lang or SOURCE_LANG)
        if not data:  # switched off meanwhile
            return Manner(currency=currency)
        return Manner(
            lang=data.code,
            decimal=data.decimal_point,
            date_order=get_date_order(data.date_format),
            currency=currency,
        )

    def _get_page_lang(self, wanted=()):
        """Return in which language to show the form.

        :param wanted: codes of languages that the visitor reads, best first, as in
            `de_AT` or `de-AT` or `de`
        """
        codes = self.lang_ids.filtered("active").mapped("code")
        if found := self._pick_lang(wanted, codes):
            return found
        own = self._get_company_lang()
        return own if own in codes or not codes else codes[0]

    def _pick_lang(self, wanted, codes):
        """Return the first of the languages that a visitor reads, None if there is none
        of them."""
        for code in wanted:
            code = code.replace("-", "_")
            short = code.partition("_")[0]
            for found in (
                [known for known in codes if known.lower() == code.lower()],
                [known for known in codes if known.partition("_")[0] == short],
            ):
                if found:
                    return found[0]
        return None

    def _get_company_lang(self):
        """Return the code of the language of the company; of one that is active, where
        it has none."""
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = (self.company_id.partner_id.lang, SOURCE_LANG)
        return next((code for code in wanted if code in active), active[0])
