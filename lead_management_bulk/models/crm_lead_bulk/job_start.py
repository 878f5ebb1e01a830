from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# Up to so many are done while the user waits.
AT_ONCE = 200
# So many leads are done first, so that it is seen that something happens.
FIRST_BATCH = 20
# What a job remembers of the context it was started in
CONTEXT_KEYS = ("lang", "tz", "allowed_company_ids")


class CrmLeadBulkJob(models.Model):
    """How jobs start: leads, or numbers of what becomes leads, are cut into batches;
    few are done at once, and more by the workers."""

    _inherit = "crm.lead.bulk.job"

    @api.model
    def _start(self, operation, values, domain):
        """Start work on leads, and end it when they are few.

        :param domain: which leads, archived ones among them
        """
        job = self._create_job(operation, values)
        job._fill_batches(self.env["crm.lead"], domain)
        if not job.total:
            raise UserError(
                self.env._("None of these leads is there any more. Reload the list.")
            )
        if job.total <= self._get_at_once_limit():
            for batch in job.batch_ids:
                batch._do()
        else:
            self._trigger_workers()
        return job.with_env(self.env)

    def _start_numbered(self, operation, values, numbers):
        """Start work on what is no lead yet, such as the rows of a file, in the
        background.

        :param str operation: one of the selection, which has its own `_run_batch`
        :param dict values: what `crm.lead.bulk.operation` asks for
        :param range numbers: what the operation knows them by
        :return: the job
        """
        job = self._create_job(operation, values)
        size = job._get_batch_size()
        parts = [numbers[at : at + size] for at in range(0, len(numbers), size)]
        self.env["crm.lead.bulk.job.batch"].sudo().create(
            [
                {"job_id": job.id, "lead_ids": list(part), "size": len(part)}
                for part in parts
            ]
        )
        job.total = len(numbers)
        self._trigger_workers()
        return job.with_env(self.env)

    def _create_job(self, operation, values):
        """Create a job of the current user, who must be allowed to do it; return the
        job, as superuser."""
        work = self.env[f"crm.lead.bulk.operation.{operation}"]
        work._check_values(values)
        self.env["crm.lead"].check_access(work._access)
        # Nobody may create jobs, as a job works with the rights of who is named in it.
        return self.sudo().create(
            {
                "operation": operation,
                "values": values,
                "description": "\n".join(work._describe(values)),
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "user_context": {
                    key: self.env.context[key]
                    for key in CONTEXT_KEYS
                    if key in self.env.context
                },
            }
        )

    def _fill_batches(self, leads, domain):
        """Cut the leads into batches, in the database.

        :param leads: `crm.lead` with the rights that count
        """
        query = leads.with_context(active_test=False)._search(Domain(domain))
        query.order = SQL.identifier("crm_lead", "id")
        rows = self.env.execute_query(
            SQL(
                """
                WITH numbered AS (
                    SELECT id, row_number() OVER (ORDER BY id) - 1 AS number,
                           COUNT(*) OVER () AS total
                      FROM (%(leads)s) AS lead (id)
                ), parted AS (
                    -- The first part is small, so that the bar moves at once. Where
                    -- somebody waits for all of them, there is no bar.
                    SELECT id, CASE WHEN total <= %(at_once)s THEN number / %(size)s
                                    WHEN number < %(first)s THEN 0
                                    ELSE 1 + (number - %(first)s) / %(size)s END AS part
                      FROM numbered
                ), parts AS (
                    SELECT part, jsonb_agg(id ORDER BY id) AS lead_ids, COUNT(*) AS size
                      FROM parted
                     GROUP BY part
                )
                INSERT INTO crm_lead_bulk_job_batch
                       (job_id, state, lead_ids, size, create_uid, create_date,
                        write_uid, write_date)
                SELECT %(job)s, 'todo', lead_ids, size, %(uid)s, %(now)s,
                       %(uid)s, %(now)s
                  FROM parts
                 ORDER BY part
             RETURNING size
                """,
                size=self._get_batch_size(),
                first=min(FIRST_BATCH, self._get_batch_size()),
                at_once=self._get_at_once_limit(),
                leads=query.select(),
                job=self.id,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_recordset(["batch_ids"])
        self.total = sum(size for [size] in rows)

    def _get_batch_size(self):
        """Return how many leads are done in one transaction."""
        return self._get_operation()._batch_size

    def _get_at_once_limit(self):
        """Return up to how many leads the user waits for."""
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_number("lead_management.bulk_at_once", AT_ONCE)

    def _trigger_workers(self):
        for xml_id in ("ir_cron_bulk_job", "ir_cron_bulk_job_second"):
            self.env.ref(f"lead_management_bulk.{xml_id}").sudo()._trigger()
