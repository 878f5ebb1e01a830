from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

MAX_LEADS = 100_000


class CrmLeadAssignmentSimulation(models.Model):
    """How a trial starts, and on which leads."""

    _inherit = "crm.lead.assignment.simulation"

    def action_run(self):
        """Try the draft: few leads at once, many in the background.

        :raise UserError: it was tried already, or no lead came in
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_tried()
        self.rule_id._check_is_draft()
        base = self.rule_id.draft_of_id
        lead_ids = self._find_leads(base)
        if not lead_ids:
            raise UserError(
                self.env._(
                    "No lead for “%(rule)s” has come in since %(date)s. Try more days.",
                    rule=base.display_name,
                    date=format_date(self.env, self._get_first_day()),
                )
            )
        self._as_system().sudo().write({"base_id": base.id, "lead_ids": lead_ids})
        jobs = self.env["crm.lead.bulk.job"]
        job = jobs._start_numbered(
            "simulate", {"simulation_id": self.id}, range(len(lead_ids))
        )
        self._as_system().job_id = job
        if len(lead_ids) <= jobs._get_at_once_limit():
            for batch in job.sudo().batch_ids:
                batch._do()
        return True

    def _get_first_day(self):
        """Return since when leads are tried."""
        return fields.Datetime.now() - timedelta(days=self.days)

    def _find_leads(self, base):
        """Return the ids of the leads that came in, in their order."""
        since = self._get_first_day()
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        companies = self.env["res.company"].sudo().search([])
        asked = base._get_rules_by_company(companies)
        ids = [
            company.id
            for company in [*companies, companies.browse()]
            if asked.get(company) == base
        ]
        domain = leads._get_arrived_domain(since)
        return leads.search(
            domain & self._get_company_domain(ids),
            order="create_date, id",
            limit=MAX_LEADS,
        ).ids

    def _get_company_domain(self, ids):
        """Return which leads are of companies; False stands for none."""
        return Domain("company_id", "in", ids)
