import datetime
from functools import partial

from odoo import models

from ...tools import column_dates


class BaseImport(models.TransientModel):
    """Import dates of leads as people write them, see `column_dates`.

    Whether the day or the month comes first is decided for each column by all cells of
    the file, else by its other columns, else by the language of who imports. A cell
    that can't be read is reported like every other.
    """

    _inherit = "base_import.import"

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if self.res_model == "crm.lead" and "/" not in name:
            return self._read_dates(data, index, name, field_type, options)
        return super()._parse_date_from_data(data, index, name, field_type, options)

    def _read_dates(self, data, index, name, field_type, options):
        """Write the dates of a column as the field's converter reads them."""
        file, given = self._get_lead_file(), [cells[index] for cells in data]
        if file:
            order = file.decide("dates", name, partial(self._find_date_order, name))
        else:
            order = self._find_date_order(name, given)
        problem = self.env._(
            "it is no date, or may be two. Write it as year, month and day, such as"
            " 2027-01-31."
        )
        problems = {}
        for row, cells in enumerate(data):
            cell = cells[index]
            if not cell or isinstance(cell, datetime.date):
                continue
            text = cell.strip()
            try:
                moment = column_dates.parse(text, order) if text else None
            except column_dates.UnreadableDateError:
                moment = self._parse_date_as_chosen(text, options)
                if not moment:
                    problems[row] = problem
                    continue
            cells[index] = self._format_moment(moment, field_type)
        if (field := self.env["crm.lead"]._fields.get(name)) is not None:
            self._mark_unreadable_cells(field, data, index, problems, options)

    def _format_moment(self, moment, field_type):
        if not moment:
            return ""
        if moment.tzinfo and field_type == "datetime":
            moment = moment.astimezone(self.env.tz)
        moment = moment.replace(tzinfo=None, microsecond=0)
        return str(moment.date() if field_type == "date" else moment)

    def _parse_date_as_chosen(self, text, options):
        """Return a date that only the format of the screen tells to read, or None."""
        for form in (options.get("datetime_format"), options.get("date_format")):
            try:
                return datetime.datetime.strptime(text, form or "")
            except ValueError:
                continue
        return None

    def _find_date_order(self, name, cells=()):
        file = self._get_lead_file()
        columns = [list(file.get_cells(name))] if file else [cells]
        for column in (*columns, *(file.get_columns() if file else ())):
            if order := column_dates.get_order(column):
                return order
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        form = lang.date_format or "%m/%d/%Y"
        is_month_first = form.find("%m") < form.find("%d")
        # Where the year is first, dates with the year behind are foreign.
        if form.startswith("%Y"):
            is_month_first = False
        return column_dates.MONTH if is_month_first else column_dates.DAY
