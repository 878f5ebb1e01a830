from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.lead_management.models.record_field import DOT, read_value


class CrmLeadBulkOperation(models.AbstractModel):
    """What is kept of leads when something is done to many, for undoing it."""

    _inherit = "crm.lead.bulk.operation"

    def _get_kept(self, leads, names, before):
        """Return what the work has changed, for undoing it: by id of lead and name of
        field, the values before and after."""
        after = leads._get_bulk_states(names)
        return {
            lead_id: changed
            for lead_id, states in after.items()
            if (
                changed := {
                    name: [before[lead_id][name], value]
                    for name, value in states.items()
                    if before[lead_id][name] != value
                }
            )
        }


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _get_bulk_states(self, names):
        """Return the values of fields and properties as they are written as JSON, by id
        and name."""
        known = self.sudo()
        return {
            lead.id: {name: _as_json(lead, name) for name in names} for lead in known
        }


def _as_json(lead, name):
    if DOT in name:
        return read_value(lead, name)
    field, value = lead._fields[name], lead[name]
    if field.relational:
        return sorted(value.ids) if field.type == "many2many" else value.id
    if field.type == "datetime":
        return fields.Datetime.to_string(value) or False
    if field.type == "date":
        return fields.Date.to_string(value) or False
    return value or False if field.type != "boolean" else bool(value)


class CrmLeadBulkJobBatch(models.Model):
    _inherit = "crm.lead.bulk.job.batch"

    kept = fields.Json(
        "What Leads Were",
        readonly=True,
        groups=fields.NO_ACCESS,
        help="By the id of a lead and the name of a field, its value before and after",
    )


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    def _get_kept_domain(self):
        self.env["crm.lead.bulk.job.batch"].flush_model(["kept", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT jsonb_object_keys(kept)::int
                  FROM crm_lead_bulk_job_batch
                 WHERE job_id = %s AND state = 'done' AND kept IS NOT NULL
                """,
                self.id,
            )
        )
        return [("id", "in", [lead_id for (lead_id,) in rows])]

    def _get_kept_states(self, lead_ids):
        """Return what some leads were before and after the job: by id of lead and name
        of field, the pair of values."""
        if not lead_ids:
            return {}
        self.env["crm.lead.bulk.job.batch"].flush_model(["kept", "state"])
        # Batches hold the leads in their order.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT entry.key::int, entry.value
                  FROM crm_lead_bulk_job_batch AS batch
            CROSS JOIN LATERAL jsonb_each(batch.kept) AS entry
                 WHERE batch.job_id = %(job)s AND batch.state = 'done'
                   AND batch.kept IS NOT NULL
                   AND (batch.lead_ids ->> 0)::int <= %(last)s
                   AND (batch.lead_ids ->> -1)::int >= %(first)s
                   AND entry.key::int = ANY(%(leads)s)
                """,
                job=self.id,
                first=min(lead_ids),
                last=max(lead_ids),
                leads=list(lead_ids),
            )
        )
        return dict(rows)
