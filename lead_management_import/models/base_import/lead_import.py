from odoo import fields, models
from odoo.exceptions import UserError

from ..crm_lead.imported import RUN, ImportRun
from .numbers import UnreadableNumbersError

OWNER_CHOICES = ("file", "me", "rules")


class BaseImport(models.TransientModel):
    """Import leads with what was chosen for their owner and for duplicates.

    Three options of the import screen are read here, none of which has to be there:

    * `lead_owner`: `"file"` as natively, `"me"` or `"rules"`;
    * `lead_skip`: rows that are left out;
    * `lead_link`: rows by the id of the account they are linked to.

    What a file creates is remembered as one `crm.lead.import`, however many batches
    the screen makes of it.
    """

    _name = "base_import.import"
    _inherit = ["lead.guard.mixin", "base_import.import"]

    lead_import_id = fields.Many2one("crm.lead.import", ondelete="set null")
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
        loading = self.with_context(**{RUN: run})
        try:
            result = super(BaseImport, loading).execute_import(
                fields, self._get_columns_to_learn(fields, columns), options, dryrun
            )
        except UnreadableNumbersError as error:
            result = {"messages": error.messages}
        self.lead_next_row = result.get("nextrow") or 0
        for message in result["messages"]:
            if message.get("rows"):
                row = message["rows"]["from"] + (options.get("skip") or 0)
                message["number"] = self._get_row_number(row, options)
        if dryrun:
            result["lead_duplicates"] = self._find_lead_duplicates(run, options)
        elif isinstance(result.get("ids"), list):
            self._finish_import_batch(run, result)
        return result

    def _get_columns_to_learn(self, fields, columns):
        """Return the titles whose fields are to be remembered: those that a person has
        chosen otherwise than it was suggested."""
        suggested = self.lead_suggested or []
        if len(suggested) != len(columns):
            return columns
        return [
            column if field and field != path else False
            for column, field, path in zip(columns, fields, suggested, strict=True)
        ]

    def _prepare_import_run(self, options, is_test):
        """Return the choices for a batch, which come from a client.

        :raise UserError: one of them can't be followed, or not by this user
        """
        owner = options.get("lead_owner") or "file"
        if owner not in OWNER_CHOICES:
            raise UserError(
                self.env._("“%(owner)s” is not a possible owner.", owner=owner)
            )
        if owner == "rules":
            self.env["crm.lead"]._check_may_assign_by_rules()
        offset = options.get("skip") or 0
        run = ImportRun(
            wizard=self,
            is_test=is_test,
            owner=owner,
            offset=offset,
            continues=bool(offset) and offset == self.lead_next_row,
        )
        if is_test:  # looks at all rows, to ask what to do with them
            return run
        try:
            run.skipped = frozenset(int(row) for row in options.get("lead_skip") or ())
            run.accounts = {
                int(row): int(account_id)
                for account_id, rows in (options.get("lead_link") or {}).items()
                for row in rows
            }
        except (AttributeError, TypeError, ValueError):
            raise UserError(
                self.env._(
                    "Your choices for the duplicates can't be read. Test the file"
                    " again."
                )
            ) from None
        self._check_import_accounts(set(run.accounts.values()))
        if not run.continues:
            self.lead_import_id = False
        return run

    def _check_import_accounts(self, account_ids):
        accounts = self.env["res.partner"].browse(account_ids).exists()
        if len(accounts._filtered_access("read")) < len(account_ids):
            raise UserError(
                self.env._(
                    "An account that rows were to be linked to was deleted, or is not"
                    " yours to see any more. Test the file again."
                )
            )

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

    def _finish_import_batch(self, run, result):
        """Count what a batch has done, and tell which import it is part of."""
        # Of rows that were left out there is no id.
        result["ids"] = [lead_id for lead_id in result["ids"] if lead_id]
        lead_import = self._get_lead_import(run).sudo()
        leads = lead_import.env["crm.lead"].browse(result["ids"])
        created = leads.filtered(lambda lead: lead.import_id == lead_import)
        lead_import.write(
            {
                "created_count": lead_import.created_count + len(created),
                "updated_count": lead_import.updated_count + len(leads - created),
                "linked_count": lead_import.linked_count
                + len(run.seen & run.accounts.keys()),
                "skipped_count": lead_import.skipped_count
                + len(run.seen & run.skipped),
            }
        )
        result["lead_import_id"] = lead_import.id
