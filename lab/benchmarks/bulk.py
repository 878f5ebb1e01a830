"""Bulk work: the same change of many leads."""

from .benchmark import Comparison
from .client import View
from .lead_record import LEADS_LIST, SOURCES
from .side import IMPORTER, rpc

LEADS = 10_000


class BulkUpdate(Comparison):
    """Giving 10,000 leads a sales team and an expected revenue, of which the chatter of
    each lead keeps the history. Native: all rows ticked in the list and edited there
    with a value that depends on the row (such as “+=100”), which is one request of the
    web client (`web_save_multi`) that writes row by row. With the addon: a bulk job,
    its start and all its batches."""

    name = "bulk"
    title = f"Update {LEADS:,} leads, row by row in the client"
    max_ratio = 0.75
    max_seconds = 4
    login = IMPORTER
    repetitions = 3
    warmups = 0
    count = LEADS
    method = "web_save_multi"

    def prepare(self, env, side):
        domain = [("type", "=", "lead")]
        leads = env["crm.lead"].search(domain, limit=self.count, order="id")
        # What the list reads anew of every row that was edited
        columns = View(env, "crm.lead", "list", env.ref(LEADS_LIST).id).specification()
        return side.name, leads.ids, self.get_vals(env), columns

    def get_vals(self, env) -> dict:
        team = env["crm.team"].search([], limit=1)
        return {"expected_revenue": 4711, "team_id": team.id}

    def work(self, env, prepared, index):
        side, ids, vals, columns = prepared
        if side == "native":
            row_by_row = self.method == "web_save_multi"
            given = [dict(vals) for _id in ids] if row_by_row else dict(vals)
            rpc(env, "crm.lead", self.method, ids, given, columns)
            return
        changes = [
            {"field": name, "way": "set", "value": value}
            for name, value in vals.items()
        ]
        job = env["crm.lead.bulk.job"]._start(
            "update", {"changes": changes}, [("id", "in", ids)]
        )
        for batch in job.sudo().batch_ids:
            batch._do()
        if job.changed_count + job.unchanged_count != len(ids):
            raise RuntimeError(f"{job.failed_count} of the leads were not updated")


class BulkUpdateAtOnce(BulkUpdate):
    """The same, where the client edits all rows to one fixed value (`web_save`): one
    write for all of them, on native's side too."""

    name = "bulk-fixed"
    title = f"Update {LEADS:,} leads, one value in the client"
    max_ratio = max_seconds = None
    method = "web_save"


class BulkUpdatePlain(BulkUpdate):
    """The same with source and city, of which no history is kept, row by row. A fifth
    of native's time is out of reach here: the UPDATE of the rows and of the indexes on
    them, which both sides take, is that much by itself."""

    name = "bulk-plain"
    title = f"Update {LEADS:,} leads, without history"
    max_ratio = 0.7
    max_seconds = None

    def get_vals(self, env) -> dict:
        source = env["utm.source"].search([("name", "=", SOURCES[0])], limit=1)
        return {"source_id": source.id, "city": "Grez-Doiceau"}
