import datetime
from collections import Counter

from odoo import api, fields, models

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.addons.lead_management.tools import messy_number

from ...tools import column_numbers, title_unit
from ..crm_lead.imported import RUN, ImportRun

# Reasons of our own, besides those of `messy_number`.
DATE = "date"
UNKNOWN_CURRENCY = "unknown_currency"
INACTIVE_CURRENCY = "inactive_currency"
CURRENCY_WITHOUT_RATE = "currency_without_rate"


class UnreadableNumbersError(Exception):
    """Cells further down in the file than the rows of this batch are no numbers."""

    def __init__(self, messages):
        super().__init__(messages)
        self.messages = messages


class BaseImport(models.TransientModel):
    """Import numbers of employees and amounts of leads as people write them.

    They are read with `messy_number`. Which signs separate thousands and decimals is
    decided for each column by all cells of the file, see `_get_separators`; amounts in
    other currencies are converted at today's rate. A cell that can't be read
    is left as it is, and the field's converter reports it like every other value that
    doesn't fit, with its row and what to write instead. As with those, nothing of the
    batch is imported. When a later batch has such cells, nothing is imported either.
    """

    _inherit = "base_import.import"

    def _parse_import_data(self, data, import_fields, options):
        unreadable = []
        for index, path in enumerate(import_fields):
            if field := self._get_messy_number_field(path):
                unreadable += [
                    (row, path)
                    for row in self._read_messy_numbers(
                        field, data, index, import_fields, options
                    )
                ]
        limit = options.get("limit")
        run = self.env.context.get(RUN)
        only_good = isinstance(run, ImportRun) and run.only_good
        if limit and not only_good and any(row >= limit for row, __ in unreadable):
            raise UnreadableNumbersError(
                [
                    self._get_unreadable_number_message(
                        data[row][import_fields.index(path)], row, path
                    )
                    for row, path in unreadable
                ]
            )
        return super()._parse_import_data(data, import_fields, options)

    @api.model
    def _parse_float_from_data(self, data, index, name, options):
        if self._get_messy_number_field(name):
            return None  # Read already, with its words.
        if self.res_model == "crm.lead":
            cells = [cells[index] for cells in data]
            thousands, decimal = self._get_separators(name, cells, options)
            options = {
                **options,
                "float_thousand_separator": thousands or " ",
                "float_decimal_separator": decimal or ".",
            }
            if name in self.env["crm.lead"]._fields:
                parse = super()._parse_float_from_data
                return self._parse_one_by_one(parse, data, index, name, options)
        return super()._parse_float_from_data(data, index, name, options)

    def _parse_one_by_one(self, parse, data, index, name, options):
        """Read plain numbers as native does, but report each cell that is none."""
        problems = {}
        for row, cells in enumerate(data):
            text = cells[index]
            try:
                parse([cells], index, name, options)
                float(cells[index] or 0)
            except (ImportValidationError, ValueError):
                cells[index] = text
                problems[row] = self.env._(
                    "it is no number. Write it in figures, or leave it empty."
                )
        file = self._get_lead_file()
        self._mark_unreadable_cells(
            self.env["crm.lead"]._fields[name],
            data,
            index,
            problems,
            file.paths if file else [],
            options,
        )

    def _get_messy_number_field(self, path):
        """Return the field of a column if its numbers may be messy: numbers of people,
        and amounts in the company's currency."""
        if self.res_model != "crm.lead":
            return None
        field = self.env["crm.lead"]._fields.get(path)
        is_amount = field is not None and (
            field.type == "monetary"
            and field.get_currency_field(self.env["crm.lead"]) == "company_currency"
        )
        return field if is_amount or path == "employee_count" else None

    def _get_separators(self, path, cells, options):
        """Return how the numbers of a column are written, see `_find_separators`."""
        if file := self._get_lead_file():
            return column_numbers.Separators(
                *file.decide(
                    "numbers",
                    path,
                    lambda: self._find_separators(path, cells, options),
                )
            )
        return self._find_separators(path, cells, options)

    def _find_separators(self, path, cells, options):
        """Return the signs that separate thousands and decimals in a column.

        It is what its own cells say; else what was chosen in the screen, if that is not
        what the screen always starts with; else what the other columns of the file say,
        or semicolons between the cells, which stand where commas separate decimals.
        Where nothing says anything, a sign before three figures may separate thousands,
        as in the screen, but never decimals: nobody writes three of them.

        :param cells: of the column, if the file is not at hand
        """
        file = self._get_lead_file()
        if file:
            cells = list(file.get_cells(path))
        own = column_numbers.choose(column_numbers.count_evidence(cells))
        if own is not None:
            return own
        field = self.env["crm.lead"]._fields.get(path)
        if field is not None and field.type == "integer":
            counts = column_numbers.choose_for_counts(cells)
            if counts is not None:
                return counts
        chosen = column_numbers.Separators(
            options.get("float_thousand_separator", ","),
            options.get("float_decimal_separator") or ".",
        )
        if chosen != column_numbers.POINT:
            return chosen
        if file:
            evidence = sum(
                map(column_numbers.count_evidence, self._get_number_columns(file)),
                Counter(),
            )
            if others := column_numbers.choose(evidence):
                return others
            if options.get("separator") == ";":
                return column_numbers.COMMA
        return column_numbers.Separators(chosen.thousands, "")

    def _get_number_columns(self, file):
        """Yield the cells of the columns of numbers of a file."""
        for path in set(filter(None, file.fields)):
            field = self.env["crm.lead"]._fields.get(path)
            if field is not None and field.type in ("integer", "float", "monetary"):
                yield file.get_cells(path)

    def _read_messy_numbers(self, field, data, index, import_fields, options):
        """Write the numbers of a column as the field's converter reads them.

        :param field: the field of the column
        :param data: rows of cells, changed in place
        :param int index: which column
        :return: the indices of the rows that can't be read, marked in the data
        """
        separators = self._get_separators(
            field.name, [cells[index] for cells in data], options
        )._asdict()
        is_count = field.type == "integer"
        home_currency = self.env.company.currency_id
        units = self._get_units(field, len(data), options)
        numbers, errors = {}, {}
        for row, (cells, unit) in enumerate(zip(data, units, strict=True)):
            cell = cells[index]
            if isinstance(cell, datetime.date):
                errors[row] = DATE, ""
                continue
            cell = title_unit.add(cell, unit)
            try:
                if is_count:
                    numbers[row] = messy_number.parse_count(cell, **separators), None
                else:
                    numbers[row] = messy_number.parse_amount(
                        cell, **separators, home_currency=home_currency.name
                    )
            except messy_number.MessyNumberError as error:
                errors[row] = error.reason, error.detail
        codes = {code for __, code in numbers.values() if code}
        if field.name in (options.get("lead_activate_currencies") or ()):
            self._activate_currencies(codes)
        rates, problems = self._get_currency_rates(codes)
        for row, (number, code) in numbers.items():
            if code in problems:
                errors[row] = problems[code], code
            elif number is None:
                data[row][index] = ""
            elif code and code != home_currency.name:
                data[row][index] = str(home_currency.round(float(number) * rates[code]))
            else:
                data[row][index] = str(number)
        explanations = {
            error: self._explain_unreadable_number(field, *error)
            for error in set(errors.values())
        }
        return self._mark_unreadable_cells(
            field,
            data,
            index,
            {row: explanations[error] for row, error in errors.items()},
            import_fields,
            options,
            shared={
                explanation
                for (reason, detail), explanation in explanations.items()
                if problems.get(detail) == reason
            },
        )

    @api.model
    def _activate_currencies(self, codes):
        """Activate the currencies that a column names, as the user chose in the screen.

        :raise AccessError: the user may not
        """
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "in", list(codes)), ("active", "=", False)]
        ).active = True

    @api.model
    def _get_currency_rates(self, codes):
        """Return what one unit of each currency is worth today.

        :param codes: ISO codes
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

        :param str reason: a reason of `messy_number` or of this module
        :param str detail: what the reason is about
        """
        example = "4200" if field.type == "integer" else "1.7 billion EUR"
        home_currency = self.env.company.currency_id.name
        texts = {
            messy_number.NO_NUMBER: self.env._(
                "there is no number in it. Write one in digits, or leave it empty."
            ),
            messy_number.SEVERAL: self.env._(
                "it has several numbers (%(numbers)s). Keep the one that counts.",
                numbers=detail,
            ),
            messy_number.RANGE: self.env._(
                "it is a range (%(numbers)s). Write a single number.", numbers=detail
            ),
            messy_number.AMBIGUOUS: self.env._(
                "it can be read in two ways (%(numbers)s). Write it as one of them, or"
                " choose the separators in the import's formatting options.",
                numbers=detail,
            ),
            messy_number.GROUPING: self.env._(
                "the digits of “%(digits)s” are grouped in an unusual way. Write them"
                " without separators.",
                digits=detail,
            ),
            messy_number.NEGATIVE: self.env._(
                "it is negative. Write a number from 0 up, or leave it empty."
            ),
            messy_number.CURRENCIES: self.env._(
                "it has several currencies (%(currencies)s). Keep one of them.",
                currencies=detail,
            ),
            messy_number.SHARED_SIGN: self.env._(
                "its currency can be any of %(currencies)s. Write the three letters of"
                " the currency instead of its sign.",
                currencies=detail,
            ),
            messy_number.NOT_WHOLE: self.env._(
                "%(number)s is not a whole number. Write the number without"
                " separators, or choose the separators in the import's formatting"
                " options.",
                number=detail,
            ),
            messy_number.MONEY: self.env._(
                "it is an amount of money. Write how many people work there, or choose"
                " another field for the column."
            ),
            messy_number.TOO_LARGE: self.env._(
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
