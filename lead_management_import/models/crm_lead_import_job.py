import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

# What the import screen says of new records beside the options
KEPT_CONTEXT = ("tracking_disable",)


class CrmLeadImport(models.Model):
    """An import that goes on in the background, as a bulk job.

    It keeps the file and what was chosen for it until the job is over.
    """

    _inherit = "crm.lead.import"

    job_id = fields.Many2one(
        "crm.lead.bulk.job", "Bulk Job", readonly=True, index="btree_not_null"
    )
    is_importing = fields.Boolean("In the Background", compute="_compute_is_importing")
    source_file = fields.Binary(readonly=True, attachment=True, groups=NO_ACCESS)
    source_plan = fields.Json(readonly=True, groups=NO_ACCESS)
    # Of `base_import.import`, whose records don't last: it is made anew from the file.
    wizard_res_id = fields.Integer(readonly=True, groups=NO_ACCESS)

    @api.depends("job_id.state")
    def _compute_is_importing(self):
        for lead_import in self:
            lead_import.is_importing = lead_import.sudo().job_id.state == "open"

    def action_open_job(self):
        """Open the progress of the import."""
        self.ensure_one()
        return self.job_id.action_open()

    def _check_undo(self):
        if running := self.filtered("is_importing")[:1]:
            raise UserError(
                self.env._(
                    "“%(file)s” is still being imported. Cancel that first, then undo"
                    " what was done.",
                    file=running.name,
                )
            )
        return super()._check_undo()

    def _start_in_background(self, wizard, paths, columns, options, numbers):
        """Start the bulk job that imports the rows.

        :param list paths: the field of each column, False for none
        :param list columns: the titles
        """
        self.ensure_one()
        context = {
            key: value
            for key, value in self.env.context.items()
            if key in KEPT_CONTEXT or key.startswith("default_")
        }
        self.sudo().write(
            {
                "source_file": base64.b64encode(wizard.file),
                "source_plan": {
                    "fields": paths,
                    "columns": columns,
                    "suggested": wizard.lead_suggested,
                    "options": options,
                    "file_type": wizard.file_type,
                    "context": context,
                },
            }
        )
        values = {"import_id": self.id}
        job = self.env["crm.lead.bulk.job"]._start_numbered("import", values, numbers)
        self.sudo().job_id = job
        return job

    def _get_wizard(self, first):
        """Return the job's own record of what the import screen works with."""
        known = self.sudo()
        plan = known.source_plan
        wizards = self.env["base_import.import"].with_context(**plan["context"])
        wizard = wizards.browse(known.wizard_res_id).exists()
        if not wizard:
            wizard = wizards.create(
                {
                    "res_model": "crm.lead",
                    "file": base64.b64decode(known.source_file),
                    "file_name": known.name,
                    "file_type": plan["file_type"],
                    "lead_suggested": plan.get("suggested"),
                }
            )
            known.wizard_res_id = wizard.id
        wizard.write({"lead_import_id": self.id, "lead_next_row": first})
        return wizard

    def _forget_source(self):
        known = self.sudo()
        known.env["base_import.import"].browse(known.wizard_res_id).exists().unlink()
        known.write({"source_file": False, "source_plan": False, "wizard_res_id": 0})


class CrmLeadBulkOperationImport(models.AbstractModel):
    """Import the rows of a file.

    `values`: `import_id`. The batches have the rows, counted from 0. Rows with problems
    are left out: they are listed, and kept as a file. As a batch is imported and known
    to be by one and the same commit, no row is imported twice.
    """

    _name = "crm.lead.bulk.operation.import"
    _inherit = "crm.lead.bulk.operation"
    _description = "Import of Leads"

    _access = "create"
    _batch_size = 1000

    def _get_import(self, values):
        return self.env["crm.lead.import"].browse(values["import_id"]).exists()

    def _describe(self, values):
        return [self._get_import(values).name]

    def _tell_changed(self, count, total):
        return self.env._(
            "Leads imported: %(count)s of %(total)s", count=count, total=total
        )

    def _run_batch(self, numbers, values):
        lead_import = self._get_import(values)
        if not lead_import.sudo().source_file:
            reason = self.env._("The file is not there any more. Import it again.")
            return self._make_outcome(0, 0, dict.fromkeys(numbers, reason))
        changed, failures = self._import_rows(lead_import, numbers)
        return self._make_outcome(
            changed, len(numbers) - changed - len(failures), failures
        )

    def _import_rows(self, lead_import, numbers):
        """Import rows that follow each other, in halves where they can't be imported
        together; return how many leads were created or updated, and why rows were left
        out, by their number in the spreadsheet."""
        plan = lead_import.sudo().source_plan
        first, count = numbers[0], len(numbers)
        result = lead_import._get_wizard(first).execute_import(
            plan["fields"],
            plan["columns"],
            {**plan["options"], "skip": first, "limit": count},
        )
        if isinstance(result.get("ids"), list):
            problems = result["lead_problems"]
            return len(set(result["ids"])), dict(problems)
        if count > 1:
            middle = count // 2
            done, failures = self._import_rows(lead_import, numbers[:middle])
            more, others = self._import_rows(lead_import, numbers[middle:])
            return done + more, {**failures, **others}
        reasons = dict.fromkeys(message["message"] for message in result["messages"])
        return 0, {first: " / ".join(reasons)}

    def _name_failed(self, numbers):
        return {
            number: (0, self.env._("Row %(number)s", number=number))
            for number in numbers
        }

    def _after_job(self, job):
        self._get_import(job.values)._forget_source()


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("import", "Import")], ondelete={"import": "cascade"}
    )

    def action_cancel(self):
        result = super().action_cancel()
        for job in self.filtered(lambda job: job.operation == "import"):
            job._get_operation()._get_import(job.values)._forget_source()
        return result

    def action_open_import(self):
        """Open the import that the job makes, with the rows left out and the undo."""
        self.ensure_one()
        lead_import = self._get_operation()._get_import(self.values)
        return lead_import.with_env(self.env)._get_records_action(context={})
