import csv
import io

import openpyxl

from odoo import models

from ...tools import file_layout


class BaseImport(models.TransientModel):
    """Find the rows of leads in a file, and count them as a spreadsheet does.

    The encoding and the separator of a text file are guessed from all of it, unless
    they are chosen. What stands above the titles and below the leads is left out, and
    the screen is told (`lead_layout`). The option `lead_title_row` says in which row of
    the spreadsheet the titles are; where it is 0, it is guessed and written there.

    Rows are counted from 1 with everything that is in the file, empty rows too: the
    number is that of the row in a spreadsheet.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        result = super().parse_preview(options, count=count)
        if self.res_model == "crm.lead" and "error" not in result:
            result["lead_layout"] = self._describe_layout(result["options"])
        return result

    def _read_csv(self, options):
        if self.res_model == "crm.lead" and self.file:
            options["encoding"] = options.get("encoding") or file_layout.guess_encoding(
                self.file
            )
            if not options.get("separator"):
                text = self.file.decode(options["encoding"], errors="replace")
                options["separator"] = file_layout.guess_separator(
                    text, options.get("quoting") or '"'
                )
        return super()._read_csv(options)

    def _read_file(self, options):
        read = super()._read_file(options)
        if self.res_model != "crm.lead" or not read or not read[1]:
            return read
        length, rows = read
        numbers = self._get_row_numbers(options, length, rows)
        if str(rows[0][0]).startswith("sep=") and not any(rows[0][1:]):
            rows, numbers = rows[1:], numbers[1:]
        start = 0
        if options.get("has_headers"):
            chosen = options.get("lead_title_row")
            is_there = isinstance(chosen, int) and chosen in numbers
            start = numbers.index(chosen) if is_there else file_layout.find_titles(rows)
            options["lead_title_row"] = numbers[start] if rows else 0
        end = len(rows) - file_layout.count_rows_below(rows[start:])
        below = rows[end:]
        rows, numbers = rows[start:end], numbers[start:end]
        # Native takes rows to be of one length.
        width = max(map(len, rows), default=0)
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
        if file := self._get_lead_file():
            file.numbers = numbers
        options["lead_rows_below"] = [
            " ".join(str(cell) for cell in row if cell)[:80] for row in below
        ]
        return len(rows), rows

    def _get_row_numbers(self, options, length, rows):
        """Return which rows of the spreadsheet the rows that were read are: native
        leaves out the empty ones."""
        count = len(rows)
        numbers = list(range(1, count + 1))
        is_book = bool(options.get("sheet"))
        if is_book and (length == count or self.file[:2] != b"PK"):
            return numbers
        try:
            found = self._find_filled_rows(options)
        except (KeyError, ValueError, OSError, csv.Error):  # numbers are only told
            return numbers
        return found if len(found) == count else numbers

    def _find_filled_rows(self, options):
        if options.get("sheet"):
            book = openpyxl.load_workbook(io.BytesIO(self.file), read_only=True)
            rows = book[options["sheet"]].iter_rows(values_only=True)
        elif options.get("separator") and options.get("encoding"):
            rows = csv.reader(
                io.StringIO(self.file.decode(options["encoding"])),
                quotechar=options["quoting"],
                delimiter=options["separator"],
            )
        else:
            return []
        return [
            number
            for number, row in enumerate(rows, 1)
            if any(cell is not None and str(cell).strip() for cell in row)
        ]

    def _describe_layout(self, options):
        """Say which rows of the file are no leads, "" if there are none."""
        texts = []
        title_row = options.get("lead_title_row") or 0
        if title_row > 1:
            texts.append(
                self.env._(
                    "Titles are in row %(row)s; what stands above is left out.",
                    row=title_row,
                )
            )
        if below := options.get("lead_rows_below"):
            texts.append(
                self.env._("Left out at the end: %(rows)s", rows=" · ".join(below))
            )
        return " ".join(texts)

    def _get_row_number(self, row, options):
        """Return which row of the spreadsheet a row of data is.

        :param int row: counted from 0, over all rows of data of the file
        """
        file = self._get_lead_file()
        if file and row < len(file.data_numbers):
            return file.data_numbers[row]
        return row + bool(options.get("has_headers")) + 1
