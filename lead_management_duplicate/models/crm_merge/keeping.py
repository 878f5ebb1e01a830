from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

DEFAULT_DAYS = 90


class CrmMerge(models.Model):
    """How long entries are kept."""

    _inherit = "crm.merge"

    def _get_days(self):
        """Return for how many days a merge can be taken apart; 0 keeps nothing."""
        return self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.merge_days", DEFAULT_DAYS
        )

    def _get_oldest_date(self):
        return fields.Datetime.now() - timedelta(days=self._get_days())

    @api.autovacuum
    def _gc_merges(self):
        """Delete what is too old to be taken apart, and what can't be any more."""
        old = self.with_context(active_test=False).search(
            [
                "|",
                "|",
                "&",
                ("active", "=", False),
                ("date", "<", fields.Datetime.now() - timedelta(days=1)),
                ("date", "<", self._get_oldest_date()),
                "&",
                ("lead_id", "=", False),
                ("partner_id", "=", False),
            ],
            limit=GC_UNLINK_LIMIT,
        )
        old.unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT

    def _forget_email(self, email):
        """Delete the entries of merges that have rows of leads or contacts with an
        e-mail address: these merges can't be taken apart any more."""
        self.browse(
            merge_id
            for (merge_id,) in self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT merge_id FROM crm_merge_line
                     WHERE place IN ('crm_lead', 'res_partner')
                       AND %s IN (before ->> 'email_normalized',
                                  after ->> 'email_normalized')
                    """,
                    email,
                )
            )
        ).unlink()

    def unlink(self):
        # Lines go with their entry in the database; copies of files are records.
        self._get_files().unlink()
        return super().unlink()

    def _get_files(self):
        """Return the copies that keep deleted files."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .with_context(skip_res_field_check=True)
            .search([("res_model", "=", "crm.merge.line"), ("res_id", "in", self.ids)])
        )
