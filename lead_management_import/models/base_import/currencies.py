from odoo import fields, models

UNKNOWN_CURRENCY = "unknown_currency"
INACTIVE_CURRENCY = "inactive_currency"
CURRENCY_WITHOUT_RATE = "currency_without_rate"


class BaseImport(models.TransientModel):
    """What amounts in other currencies are worth in that of the company."""

    _inherit = "base_import.import"

    def _activate_currencies(self, codes):
        """Activate the currencies that a column names, as the user chose in the
        screen."""
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "in", list(codes)), ("active", "=", False)]
        ).active = True

    def _get_currency_rates(self, codes):
        """Return what one unit of each currency is worth today.

        :return: `(rates, problems)`: the rates by code, in the company's currency, and
            by code the reason why there is none
        """
        company = self.env.company
        codes = codes - {company.currency_id.name}
        currencies = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", list(codes))])
            .grouped("name")
        )
        rated = {
            currency.id
            for (currency,) in self.env["res.currency.rate"]._read_group(
                [
                    ("currency_id.name", "in", list(codes)),
                    ("company_id", "in", [False, company.root_id.id]),
                ],
                ["currency_id"],
            )
        }
        today = fields.Date.context_today(self)
        rates, problems = {}, {}
        for code in codes:
            currency = currencies.get(code)
            if not currency:
                problems[code] = UNKNOWN_CURRENCY
            elif not currency.active:
                problems[code] = INACTIVE_CURRENCY
            elif currency.id not in rated:
                problems[code] = CURRENCY_WITHOUT_RATE
            else:
                rates[code] = currency._get_conversion_rate(
                    currency, company.currency_id, company, today
                )
        return rates, problems
