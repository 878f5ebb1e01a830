import base64
import csv
import io

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.crm_team import FOUND_TEAMS, FoundTeams

from ..crm_lead.imported import RUN, ImportRun
from .numbers import UnreadableNumbersError

OWNER_CHOICES = ("file", "me", "rules", "user", "queue")
# How often the good rows of a batch are tried without those found wrong.
MAX_ROUNDS = 4


class BaseImport(models.TransientModel):
    """Import leads with what was chosen for their owner and for duplicates.

    Options of the import screen are read here, none of which has to be there:

    * `lead_owner`: `"file"` as natively, `"me"`, `"rules"`, `"user"` or `"queue"`;
    * `lead_all_rows`: ids by field, see `all_rows`;
    * `lead_skip`: rows that are left out;
    * `lead_link`: rows by the id of the account they are linked to;
    * `lead_add`: rows by the id of the open lead they are added to;
    * `lead_only_good`: rows with problems are left out instead of stopping the others,
      and kept as a file with the reasons.

    What a file creates is remembered as one `crm.lead.import`, however many batches
    the screen makes of it.
    """

    _name = "base_import.import"
    _inherit = ["lead.guard.mixin", "base_import.import"]

    lead_import_id = fields.Many2one("crm.lead.import")
    lead_decided = fields.Json(
        help="How the columns are written, and of which file and choices that is said"
    )
    lead_next_row = fields.Integer(
        help="Where the next batch begins, 0 when there is none"
    )

    def execute_import(self, fields, columns, options, dryrun=False):
        if self.res_model != "crm.lead":
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        try:
            run = self._prepare_import_run(options, dryrun)
        except UserError as error:
            return {"messages": [{"type": "error", "message": str(error)}]}
        self._recall_decisions(run, options)
        columns = self._get_columns_to_learn(fields, columns)
        loading = self.with_context(**{RUN: run, FOUND_TEAMS: FoundTeams()})
        load = super(BaseImport, loading).execute_import

        def execute():
            try:
                # Native takes some of the options away.
                return load(fields, columns, {**options}, dryrun=dryrun)
            except UnreadableNumbersError as error:
                return {"messages": error.messages}

        result = execute()
        if run.only_good and not dryrun:
            result = self._leave_out_problems(run, result, execute)
        self.lead_next_row = result.get("nextrow") or 0
        self._remember_decisions(options)
        for message in result["messages"]:
            if message.get("rows"):
                row = message["rows"]["from"] + (options.get("skip") or 0)
                message["number"] = self._get_row_number(row, options)
        if dryrun:
            result["lead_duplicates"] = self._find_lead_duplicates(run, options)
            run.new_rows = {}
        elif isinstance(result.get("ids"), list):
            self._finish_import_batch(run, result, options)
        return result

    def _recall_decisions(self, run, options):
        """Let a batch read its columns as the one before it did, without looking at all
        of their cells again."""
        file = self._get_lead_file()
        known = self.lead_decided or {}
        if run.continues and known.get("of") == self._get_decisive(file, options):
            file.decided.update(known["decided"])

    def _remember_decisions(self, options):
        file = self._get_lead_file()
        known = {"of": self._get_decisive(file, options), "decided": file.decided}
        if self.lead_decided != known:
            self.lead_decided = known

    def _get_decisive(self, file, options):
        """Return what the decisions on the columns of the file depend on."""
        names = ("float_thousand_separator", "float_decimal_separator", "date_format")
        names += ("datetime_format", "separator", "encoding", "sheet", "lead_title_row")
        return [list(file.fields), *(options.get(name) or "" for name in names)]

    def _leave_out_problems(self, run, result, execute):
        """Import the good rows of a batch again that was stopped by others.

        A row that is good by itself may be stopped by what the database says of it
        when it is written: hence several rounds, each with fewer rows.
        """
        for __ in range(MAX_ROUNDS):
            errors = self._get_errors_of_rows(result["messages"])
            if not errors:
                break
            for row, message in errors:
                run.problems.setdefault(row + run.offset, []).append(message)
            run.skipped |= run.problems.keys()
            run.seen = set()
            result = execute()
        return result

    def _get_errors_of_rows(self, messages):
        """Return `(row, text)` pairs of what is wrong in rows.

        What stops many rows at once native blames on the first of them, too: that one
        is found in the next round, if there is something wrong with it.
        """
        errors = [
            (message["rows"]["from"], message["message"])
            for message in messages
            if message.get("type") == "error" and message.get("rows")
        ]
        texts = [text for __, text in errors]
        if errors and texts[0] in texts[1:] and len({row for row, __ in errors}) > 1:
            return errors[1:]
        return errors

    def _get_columns_to_learn(self, fields, columns):
        """Return the titles whose fields are to be remembered: those that a person has
        chosen otherwise than it was suggested, or left out. Of columns with one title
        that is all of them: what is left out of two is not said by it."""
        suggested = self.lead_suggested or []
        if len(suggested) != len(columns):
            suggested = [None] * len(columns)
        # Programs may leave the titles out.
        kept = {column for column, field in zip(columns, fields, strict=False) if field}
        return [
            column
            if (field or None) != path and (field or column not in kept)
            else False
            for column, field, path in zip(columns, fields, suggested, strict=False)
        ]

    def _prepare_import_run(self, options, is_test):
        """Return the choices for a batch, which come from a client."""
        owner = options.get("lead_owner") or "file"
        if owner not in OWNER_CHOICES:
            raise UserError(
                self.env._("“%(owner)s” is not a possible owner.", owner=owner)
            )
        if owner == "rules":
            self.env["crm.lead"]._check_may_assign_by_rules()
        for name in ("lead_notes_fields", "lead_activate_currencies"):
            if not isinstance(options.get(name) or [], list):
                raise UserError(
                    self.env._(
                        "Your choices for the columns can't be read. Test the file"
                        " again."
                    )
                )
        offset = options.get("skip") or 0
        run = ImportRun(
            wizard=self,
            is_test=is_test,
            owner=owner,
            offset=offset,
            # A job has remembered the import before its first row.
            continues=offset == self.lead_next_row
            and bool(offset or self.lead_import_id.sudo().job_id),
            only_good=bool(options.get("lead_only_good")),
        )
        run.values = self._read_all_rows(owner, options.get("lead_all_rows") or {})
        if is_test:  # looks at all rows, to ask what to do with them
            return run
        try:
            run.skipped = frozenset(int(row) for row in options.get("lead_skip") or ())
            run.accounts, run.additions = (
                {
                    int(row): int(record_id)
                    for record_id, rows in (options.get(name) or {}).items()
                    for row in rows
                }
                for name in ("lead_link", "lead_add")
            )
        except (AttributeError, TypeError, ValueError):
            raise UserError(
                self.env._(
                    "Your choices for the duplicates can't be read. Test the file"
                    " again."
                )
            ) from None
        accounts = self.env["res.partner"].browse(set(run.accounts.values()))
        if accounts.exists()._filtered_access("read") != accounts:
            raise UserError(
                self.env._(
                    "An account that rows were to be linked to was deleted, or is not"
                    " yours to see any more. Test the file again."
                )
            )
        leads = self.env["crm.lead"].browse(set(run.additions.values()))
        if leads.exists()._filtered_access("write") != leads:
            raise UserError(
                self.env._(
                    "A lead that rows were to be added to was deleted, or is not yours"
                    " to change any more. Test the file again."
                )
            )
        if not run.continues:
            self.lead_import_id = False
        return run

    def _get_lead_import(self, run):
        """Return the import that this file is remembered by, made if need be."""
        self.ensure_one()
        if not self.lead_import_id:
            self.lead_import_id = (
                self.env["crm.lead.import"]
                .sudo()
                .create(
                    {
                        "name": self.file_name or self.env._("Unnamed file"),
                        "user_id": self.env.uid,
                        "company_id": self.env.company.id,
                        "owner_choice": run.owner,
                    }
                )
            )
        return self.lead_import_id

    def _finish_import_batch(self, run, result, options):
        """Count what a batch has done, and tell which import it is part of."""
        # Of rows that were left out there is no id.
        result["ids"] = [lead_id for lead_id in result["ids"] if lead_id]
        lead_import = self._get_lead_import(run).sudo()
        leads = lead_import.env["crm.lead"].browse(result["ids"])
        created = leads.filtered(lambda lead: lead.import_id == lead_import)
        left_out = run.problems.keys()
        lead_import.write(
            {
                **self._write_rows_left_out(run, lead_import, options),
                "created_count": lead_import.created_count + len(created),
                "updated_count": lead_import.updated_count + len(leads - created),
                "linked_count": lead_import.linked_count
                + len(run.seen & run.accounts.keys()),
                "skipped_count": lead_import.skipped_count
                + len((run.seen & run.skipped) - left_out),
                "added_count": lead_import.added_count
                + len((run.seen & run.additions.keys()) - left_out),
            }
        )
        result["lead_problems"] = [
            (self._get_row_number(row, options), " / ".join(dict.fromkeys(reasons)))
            for row, reasons in sorted(run.problems.items())
        ]
        result["lead_left_out"] = lead_import.left_out_count
        result["lead_import_id"] = lead_import.id

    def _write_rows_left_out(self, run, lead_import, options):
        """Return the values of the import that keep the rows with problems: a file like
        the one that was brought, with a column more for the reason."""
        file = self._get_lead_file()
        if not run.problems or not file:
            return {}
        text = io.StringIO()
        writer = csv.writer(text)
        if lead_import.left_out_file:
            text.write(base64.b64decode(lead_import.left_out_file).decode("utf-8-sig"))
        else:
            writer.writerow([*file.titles, self.env._("Why it was left out")])
        rows = file.get_data_rows()
        for row in sorted(run.problems):
            reasons = " / ".join(dict.fromkeys(run.problems[row]))
            writer.writerow([*rows[row], reasons])
        stem = (self.file_name or "leads").rpartition(".")[0] or self.file_name
        return {
            "left_out_file": base64.b64encode(text.getvalue().encode("utf-8-sig")),
            "left_out_name": self.env._("%(file)s, left out.csv", file=stem),
            "left_out_count": lead_import.left_out_count + len(run.problems),
        }
