"""Bulk work: the same change of many leads."""

from .benchmark import Comparison
from .client import View
from .lead_record import LEADS_LIST, SOURCES
from .side import IMPORTER, rpc

LEADS = 10_000


class BulkUpdate(Comparison):
    """Setting source and city of 10,000 leads. Native: all rows ticked in the list and
    edited there, which is one request of the web client's (`web_save_multi`), a write
    for every row. With the addon: a bulk job, its start and all its batches."""

    name = "bulk"
    title = f"Update {LEADS:,} leads"
    max_ratio = 0.2
    login = IMPORTER
    repetitions = 3
    warmups = 0

    def prepare(self, env, side):
        leads = env["crm.lead"].search([("type", "=", "lead")], limit=LEADS, order="id")
        source = env["utm.source"].search([("name", "=", SOURCES[0])], limit=1)
        # What the list reads anew of every row that was edited
        columns = View(env, "crm.lead", "list", env.ref(LEADS_LIST).id).specification()
        return side.name, leads.ids, self.get_vals(source), columns

    def get_vals(self, source) -> dict:
        return {"source_id": source.id, "city": "Grez-Doiceau"}

    def work(self, env, prepared, index):
        side, ids, vals, columns = prepared
        if side == "native":
            vals_list = [dict(vals) for _id in ids]
            rpc(env, "crm.lead", "web_save_multi", ids, vals_list, columns)
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


class BulkUpdateTracked(BulkUpdate):
    """The same with expected revenue and sales team, of which the chatter of every lead
    keeps a history: most of the time goes into writing that on both sides."""

    name = "bulk-history"
    title = f"Update {LEADS:,} leads, with history"
    max_ratio = None

    def get_vals(self, source) -> dict:
        team = source.env["crm.team"].search([], limit=1)
        return {"expected_revenue": 4711, "team_id": team.id}
