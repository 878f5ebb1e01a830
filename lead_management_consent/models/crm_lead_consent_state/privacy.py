import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .access import HOLDERS

PURGE_BATCH = 1_000


class CrmLeadConsentState(models.Model):
    """How consents go: after a time, or when the person asks for it.

    The module `privacy_lookup` finds them by e-mail address on its own.
    """

    _inherit = "crm.lead.consent.state"

    @api.autovacuum
    def _gc_consents(self):
        """Delete what nobody confirmed, and what is of nobody any more, after the days
        for which submissions are kept; return how many were deleted, and whether there
        may be more."""
        days = self.env["crm.lead.capture.submission"]._get_kept_days()
        if not days:
            return 0, False
        before = fields.Datetime.now() - datetime.timedelta(days=days)
        old = self.search(
            Domain("write_date", "<", before)
            & (
                Domain("state", "=", "asked") | Domain.custom(to_sql=self._get_lone_sql)
            ),
            limit=PURGE_BATCH,
            order="write_date",
        )
        old.unlink()
        return len(old), len(old) == PURGE_BATCH

    def _get_lone_sql(self, model, alias, query):
        """Return the condition that no lead and no contact has the address."""
        column = model._field_to_sql(alias, "email_normalized", query)
        return SQL(" AND ").join(
            SQL(
                "NOT EXISTS (SELECT 1 FROM %s WHERE email_normalized = %s)",
                SQL.identifier(self.env[name]._table),
                column,
            )
            for name in HOLDERS
        )

    def _erase(self, email):
        """Delete the consents of an address, with their proof, as far as the user sees
        their companies. Who may do so is the caller's to check."""
        companies = [*self.env.companies.ids, False]
        states = self.sudo().search(
            [
                ("email_normalized", "=", email),
                ("purpose_id.company_id", "in", companies),
            ]
        )
        count = len(states)
        states.unlink()
        self._forget_shown()
        return count
