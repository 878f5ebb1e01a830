import datetime
import re
from collections import Counter

from odoo import models

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.addons.lead_management.tools import messy_number, number_error

from ...tools import column_numbers, title_unit
from ..crm_lead.imported import RUN, ImportRun
from .number_problems import DATE

_PERCENT = re.compile(r"^\s*(\d[\d.,]*)\s*%\s*$")


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
                rows = self._read_messy_numbers(field, data, index, options)
                unreadable += [(row, path) for row in rows]
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
            if isinstance(text, str):
                cells[index] = _PERCENT.sub(r"\1", text)
            try:
                parse([cells], index, name, options)
                float(cells[index] or 0)
            except (ImportValidationError, ValueError):
                cells[index] = text
                problems[row] = self.env._(
                    "it is no number. Write it in figures, or leave it empty."
                )
        field = self.env["crm.lead"]._fields[name]
        self._mark_unreadable_cells(field, data, index, problems, options)

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

    def _read_messy_numbers(self, field, data, index, options):
        """Write the numbers of a column as the field's converter reads them.

        :param data: rows of cells, changed in place
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
            except number_error.MessyNumberError as error:
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
            options,
            shared={
                explanation
                for (reason, detail), explanation in explanations.items()
                if problems.get(detail) == reason
            },
        )
