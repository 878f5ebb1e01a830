from odoo import models

from odoo.addons.lead_management.tools import number_error

from .currencies import CURRENCY_WITHOUT_RATE, INACTIVE_CURRENCY, UNKNOWN_CURRENCY

DATE = "date"  # a reason of our own, besides those of `messy_number`


class BaseImport(models.TransientModel):
    """Say why a cell is no number, and what to write instead."""

    _inherit = "base_import.import"

    def _get_unreadable_number_message(self, cell, row, path):
        """Return a message of the import screen, as `load` makes them."""
        return {
            "type": "error",
            "message": cell.message,
            "record": row,
            "rows": {"from": row, "to": row},
            "field": path,
            "field_path": path.split("/"),
            "is_explained": True,
        }

    def _explain_unreadable_number(self, field, reason, detail):
        """Say why a cell can't be read, and what to do.

        :param str reason: a reason of `messy_number`, of currencies, or `DATE`
        :param str detail: what the reason is about
        """
        example = "4200" if field.type == "integer" else "1.7 billion EUR"
        home_currency = self.env.company.currency_id.name
        texts = {
            number_error.NO_NUMBER: self.env._(
                "there is no number in it. Write one in digits, or leave it empty."
            ),
            number_error.SEVERAL: self.env._(
                "it has several numbers (%(numbers)s). Keep the one that counts.",
                numbers=detail,
            ),
            number_error.RANGE: self.env._(
                "it is a range (%(numbers)s). Write a single number.", numbers=detail
            ),
            number_error.AMBIGUOUS: self.env._(
                "it can be read in two ways (%(numbers)s). Write it as one of them, or"
                " choose the separators in the import's formatting options.",
                numbers=detail,
            ),
            number_error.GROUPING: self.env._(
                "the digits of “%(digits)s” are grouped in an unusual way. Write them"
                " without separators.",
                digits=detail,
            ),
            number_error.NEGATIVE: self.env._(
                "it is negative. Write a number from 0 up, or leave it empty."
            ),
            number_error.CURRENCIES: self.env._(
                "it has several currencies (%(currencies)s). Keep one of them.",
                currencies=detail,
            ),
            number_error.SHARED_SIGN: self.env._(
                "its currency can be any of %(currencies)s. Write the three letters of"
                " the currency instead of its sign.",
                currencies=detail,
            ),
            number_error.NOT_WHOLE: self.env._(
                "%(number)s is not a whole number. Write the number without"
                " separators, or choose the separators in the import's formatting"
                " options.",
                number=detail,
            ),
            number_error.MONEY: self.env._(
                "it is an amount of money. Write how many people work there, or choose"
                " another field for the column."
            ),
            number_error.TOO_LARGE: self.env._(
                "it is larger than %(limit)s. Correct it.", limit=detail
            ),
            DATE: self.env._(
                "it is a date. Write a number and format the cell as text or number."
            ),
            UNKNOWN_CURRENCY: self.env._(
                "the currency %(currency)s doesn't exist here. Write the amount in"
                " %(home_currency)s.",
                currency=detail,
                home_currency=home_currency,
            ),
            INACTIVE_CURRENCY: self.env._(
                "the currency %(currency)s is not active. Ask an administrator to"
                " activate it and to enter its rate (Configuration ‣ Currencies), or"
                " write the amount in %(home_currency)s.",
                currency=detail,
                home_currency=home_currency,
            ),
            CURRENCY_WITHOUT_RATE: self.env._(
                "the currency %(currency)s has no rate. Ask an administrator to enter"
                " one (Configuration ‣ Currencies), or write the amount in"
                " %(home_currency)s.",
                currency=detail,
                home_currency=home_currency,
            ),
        }
        return texts.get(reason) or self.env._(
            "“%(text)s” is not understood. Write the number alone, such as"
            " %(example)s.",
            text=detail,
            example=example,
        )
