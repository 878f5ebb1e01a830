from odoo import models
from odoo.tools import SQL, split_every

# The context value under which the merges of an assignment are entered together; its
# value is an object that no client can send.
RUN = "lead_merge_run"
AT_ONCE = 50  # merges entered with one statement


class MergeRun:
    """The merges that one assignment of teams carries out, or may.

    It merges thousands: two queries for each are too much. So all groups of duplicates
    that it has found are entered before the first is merged, many with one statement;
    before the leads that were merged into others are deleted, what the merges have made
    is kept in the same way. Until then an entry is not active: nobody sees it, and it
    is deleted at night if the assignment was killed. Groups that were not merged leave
    nothing.
    """

    def __init__(self):
        self.expected = None  # entries by the ids of the leads
        self.done = []  # entries and the leads that are left
        self.tables = {}  # those of which an entry has rows, by its id

    def expect(self, groups):
        """Enter groups of duplicates of which each may be merged."""
        self.expected = {}
        if not groups:
            return
        merges = groups[0].env["crm.merge"].sudo()
        ids = merges.env.execute_query(
            SQL(
                "SELECT nextval('crm_merge_id_seq') FROM generate_series(1, %s)",
                len(groups),
            )
        )
        merges.env.flush_all()
        entries = zip(
            groups, merges.browse(entry_id for (entry_id,) in ids), strict=True
        )
        for some in split_every(AT_ONCE, entries, list):
            queries = []
            for group, entry in some:
                kept = group._sort_by_confidence_level(reverse=True)[:1]
                self.expected[frozenset(group._ids)] = entry, kept
                queries.append(merges._get_before_query(group - kept, kept, entry.id))
            queries.append(
                SQL(
                    """
                    SELECT merge_id, array_agg(DISTINCT place) FROM crm_merge_line
                     WHERE merge_id = ANY(%s) GROUP BY merge_id
                    """,
                    [entry.id for _group, entry in some],
                )
            )
            merges.env.cr.execute(SQL("; ").join(queries))
            self.tables.update(merges.env.cr.fetchall())  # of the last statement
        merges.invalidate_model(flush=False)

    def take(self, leads, kept):
        """Return the entry of leads that are about to be merged, if there is one."""
        entry, expected = (self.expected or {}).get(frozenset(leads._ids), (None, None))
        if entry and expected == kept:
            del self.expected[frozenset(leads._ids)]
            return entry
        return None

    def keep(self):
        """Keep what the merges have made of the rows so far."""
        done, self.done = self.done, []
        if not done:
            return
        merges = done[0][0].browse(entry.id for entry, _kept in done)
        merges.env.flush_all()
        for some in split_every(AT_ONCE, done, list):
            merges.env.cr.execute(
                SQL("; ").join(
                    [
                        *(
                            entry._get_after_query(self.tables[entry.id], kept, True)
                            for entry, kept in some
                        ),
                        SQL(
                            "UPDATE crm_merge SET active = TRUE WHERE id = ANY(%s)",
                            [entry.id for entry, _kept in some],
                        ),
                    ]
                )
            )
        merges.env["crm.lead"].invalidate_model(["merge_count"], flush=False)

    def end(self):
        """Forget the groups that were not merged."""
        self.keep()
        left, self.expected = self.expected, None
        if left:
            merges = next(iter(left.values()))[0]
            ids = [entry.id for entry, _kept in left.values()]
            merges.env.cr.execute(SQL("DELETE FROM crm_merge WHERE id = ANY(%s)", ids))
            merges.invalidate_model(flush=False)


class CrmTeam(models.Model):
    """What the assignment of teams merges is entered in the ledger."""

    _inherit = "crm.team"

    def _allocate_leads(self, *args, **kwargs):
        if not self.env["crm.merge"]._get_days():
            return super()._allocate_leads(*args, **kwargs)
        run = MergeRun()
        teams = self.with_context(**{RUN: run})
        result = super(CrmTeam, teams)._allocate_leads(*args, **kwargs)
        run.end()
        return {team.with_env(self.env): data for team, data in result.items()}

    def _allocate_leads_deduplicate(self, leads, duplicates_cache=None):
        run = self.env.context.get(RUN)
        if isinstance(run, MergeRun) and run.expected is None:
            groups = {
                frozenset(group._ids): group
                for group in (duplicates_cache or {}).values()
                if len(group) > 1
            }
            # Found a moment ago, and nothing was merged yet: all are there.
            run.expect([*groups.values()])
        return super()._allocate_leads_deduplicate(leads, duplicates_cache)
