import logging
import time

from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL

from ..tools.duplicate_groups import find_groups

_logger = logging.getLogger(__name__)

# Evidence that more records share says nothing: a shopping centre's phone.
MAX_SHARED = 19


class CrmDuplicateMixin(models.AbstractModel):
    """How groups are found: with one query for each kind of evidence."""

    _inherit = "crm.duplicate.mixin"

    def _cron_refresh(self):
        """Search for duplicates among all there are."""
        self._refresh()

    @api.model
    def _refresh(self):
        """Renew the groups to review, unless somebody is doing so; return whether it
        was done."""
        start = time.monotonic()
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [self._name]
        )
        if not self.env.cr.fetchone()[0]:
            return False
        self._get_compared_model().flush_model()
        clusters, companies = self._find_clusters()
        found = find_groups(clusters, companies, self._get_pairs_apart())
        self._store(found)
        _logger.info(
            "%s: %s groups found in %.1f s",
            self._description,
            len(found),
            time.monotonic() - start,
        )
        return True

    def _find_clusters(self):
        """Return the members that share evidence, and the companies they are of:
        `(clusters, companies)` as `find_groups` takes them."""
        clusters, companies = [], {}
        for name, column, _weight in self._evidence:
            for ids, company_ids in self.env.execute_query(
                SQL(
                    """
                    SELECT array_agg(id), array_agg(company_id)
                      FROM %(members)s
                     WHERE %(column)s > '' AND %(compared)s
                     GROUP BY %(column)s
                    HAVING COUNT(*) BETWEEN 2 AND %(limit)s
                    """,
                    members=SQL.identifier(self._get_compared_model()._table),
                    column=column,
                    compared=self._get_compared_condition(),
                    limit=MAX_SHARED,
                )
            ):
                clusters.append((name, ids))
                companies.update(zip(ids, company_ids, strict=True))
        return clusters, companies

    def _get_compared_condition(self):
        """Return the SQL condition of the records that are compared."""
        return SQL("active")

    def _get_pairs_apart(self):
        field = self._get_compared_model()._fields["not_duplicate_ids"]
        one, other = map(SQL.identifier, (field.column1, field.column2))
        rows = self.env.execute_query(
            SQL(
                "SELECT least(%(one)s, %(other)s), greatest(%(one)s, %(other)s)"
                " FROM %(table)s",
                one=one,
                other=other,
                table=SQL.identifier(field.relation),
            )
        )
        return set(rows)

    def _store(self, found):
        """Bring the groups to review in line with what was found."""
        known = self.with_context(active_test=False).search(
            [("state", "!=", "dismissed")], order="id desc"
        )
        by_members = {tuple(sorted(group._compared.ids)): group for group in known}
        kept = {ids: group for ids, group in by_members.items() if ids in found}
        (known - known.browse().union(*kept.values())).unlink()
        new = []
        for ids, kinds in found.items():
            values = {name: name in kinds for name, _sql, _weight in self._evidence}
            values["strength"] = sum(
                weight for name, _sql, weight in self._evidence if name in kinds
            )
            values["state"] = "open"
            if group := kept.get(ids):
                group.write(
                    {n: value for n, value in values.items() if group[n] != value}
                )
            else:
                new.append({**values, self._member_field: [Command.set(ids)]})
        self.create(new)
