from odoo import models

from ..crm_lead.imported import RUN, ImportRun

# The columns that name the record of a row, best first.
LABEL_FIELDS = ("partner_name", "name", "contact_name", "email_from", "email")
# How many rows a message on several rows lists.
MAX_ROWS = 12


class UnreadableCell(str):
    """A cell as it was written, with the `message` that says why it can't be read."""

    __slots__ = ("message",)

    def __new__(cls, value, message):
        cell = super().__new__(cls, value)
        cell.message = message
        return cell


class BaseImport(models.TransientModel):
    """Do with cells that can't be read what was chosen for their column.

    The choices are options of the import, each a list of fields:

    * `lead_notes_fields`: the field stays empty, and the text goes into the notes;
    * `import_set_empty_fields`: the field stays empty;
    * `import_skip_records`: the row is left out;
    * `name_create_enabled_fields`: the value is created, where that is possible.

    Another one, `lead_activate_currencies`, activates the currencies that a column of
    amounts names (see `numbers`). Cells of other columns are marked, so that the
    fields' converters report them.
    """

    _inherit = "base_import.import"

    def _mark_unreadable_cells(self, field, data, index, problems, options, shared=()):
        """Put the message on each cell of a column that can't be read.

        :param data: rows of cells, changed in place
        :param dict problems: by index of the row, what is wrong and what to do
        :param shared: those of the problems that are no fault of the row; they are told
            once, with the rows they are about
        :return: the rows whose cells were marked
        """
        if self._settle_cells(field, data, index, problems, options):
            return []
        rows_by_problem = {}
        for row, problem in problems.items():
            rows_by_problem.setdefault(problem, []).append(row)
        skip = options.get("skip") or 0
        field_name = field._description_string(self.env)
        file = self._get_lead_file()
        run = self.env.context.get(RUN)
        if isinstance(run, ImportRun) and run.only_good:
            shared = ()  # each row is told by itself
        for problem, rows in rows_by_problem.items():
            message = None
            if problem in shared and len(rows) > 1:
                message = self._describe_rows(
                    [self._get_row_number(row + skip, options) for row in rows],
                    field_name,
                    problem,
                )
            for row in rows:
                data[row][index] = UnreadableCell(
                    data[row][index],
                    message
                    or self._describe_row(
                        self._get_row_number(row + skip, options),
                        self._get_row_label(data[row], file.paths if file else []),
                        field_name,
                        str(data[row][index]).strip(),
                        problem,
                    ),
                )
        return list(problems)

    def _settle_cells(self, field, data, index, problems, options):
        """Do what was chosen for a column, and tell whether anything was."""
        name = field.name
        in_notes = name in (options.get("lead_notes_fields") or ())
        skips = name in (options.get("import_skip_records") or ())
        is_empty = name in (options.get("import_set_empty_fields") or ())
        if not (in_notes or skips or is_empty):
            return bool((options.get("name_create_enabled_fields") or {}).get(name))
        run = self.env.context.get(RUN)
        file = self._get_lead_file()
        for row in problems:
            if in_notes and file:
                title = file.get_title(name) or field._description_string(self.env)
                file.add_note(row, str(data[row][index]).strip(), title)
            data[row][index] = ""
        if skips and isinstance(run, ImportRun):
            skip = options.get("skip") or 0
            run.skipped |= {row + skip for row in problems}
        return True

    def _get_row_label(self, cells, import_fields):
        """Return what a row says is its name, perhaps nothing."""
        return next(
            (
                str(cells[import_fields.index(name)])
                for name in LABEL_FIELDS
                if name in import_fields and cells[import_fields.index(name)]
            ),
            "",
        )

    def _describe_row(self, number, label, field_name, value, problem):
        """Return a message on one cell: the row, the record, the value, the problem."""
        return self.env._(
            "Row %(row)s%(label)s, %(field)s “%(value)s”: %(problem)s",
            row=number,
            label=f" ({label})" if label else "",
            field=field_name,
            value=value if len(value) <= 80 else f"{value[:79]}…",
            problem=problem,
        )

    def _describe_rows(self, numbers, field_name, problem):
        """Return the message that cells of several rows have in common."""
        rows = ", ".join(str(number) for number in numbers[:MAX_ROWS])
        if len(numbers) > MAX_ROWS:
            return self.env._(
                "Rows %(rows)s and %(count)s more, %(field)s: %(problem)s",
                rows=rows,
                count=len(numbers) - MAX_ROWS,
                field=field_name,
                problem=problem,
            )
        return self.env._(
            "Rows %(rows)s, %(field)s: %(problem)s",
            rows=rows,
            field=field_name,
            problem=problem,
        )
