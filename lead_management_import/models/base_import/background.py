from odoo import models
from odoo.exceptions import UserError

from .lead_file import FILE, LeadFile

# Files of more rows are imported in the background.
AT_ONCE = 1000


class BaseImport(models.TransientModel):
    """Import large files of leads in the background.

    The screen is told by `lead_in_background` of the preview that a file has more than
    `lead_management.import_at_once` rows (1,000), and starts a bulk job then, see
    `crm.lead.bulk.operation.import`. Rows with problems stop no other there.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        result = super().parse_preview(options, count=count)
        if self.res_model == "crm.lead" and "error" not in result:
            parameters = self.env["ir.config_parameter"]
            limit = parameters._get_lead_number(
                "lead_management.import_at_once", AT_ONCE
            )
            result["lead_in_background"] = (result.get("num_rows") or 0) > limit
        return result

    def start_in_background(self, fields=None, columns=None, options=None):
        """Start the bulk job that imports the leads of the file.

        :param list fields: the field of each column, False for none
        :param list columns: the titles of the columns
        :param dict options: those of the screen
        :return: the action that shows the job
        :raise UserError: the file has no leads, or a choice can't be followed
        """
        if (
            len(self) != 1
            or not isinstance(fields, list)
            or not isinstance(columns, list)
            or not isinstance(options, dict)
        ):
            raise UserError(
                self.env._("The columns of the file have changed. Load it again.")
            )
        if self.res_model != "crm.lead":
            raise UserError(self.env._("Only leads can be imported in the background."))
        self.env["crm.lead"].check_access("create")
        first = options.get("skip") or 0
        options = {**options, "lead_only_good": True}
        run = self._prepare_import_run(options, is_test=False)
        count = self._count_lead_rows(fields, options)
        if not isinstance(first, int) or not 0 <= first < count:
            raise UserError(
                self.env._("There is no lead in the file behind “Start at line”.")
            )
        job = self._get_lead_import(run)._start_in_background(
            self, fields, columns, options, range(first, count)
        )
        return job.action_open()

    def _count_lead_rows(self, fields, options):
        """Return how many rows have something to import."""
        file = LeadFile(fields=list(fields))
        try:
            self.with_context(**{FILE: file})._read_file({**options})
            if len(file.titles) != len(fields):
                raise UserError(
                    self.env._("The columns of the file have changed. Load it again.")
                )
            return len(file.get_data_rows())
        finally:
            file.forget()
