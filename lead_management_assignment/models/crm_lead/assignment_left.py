from collections import deque
from operator import methodcaller

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.lead_management.models.in_parts import (
    CONFLICTS,
    MAX_CONFLICTS,
    do_or_log,
)

from .assignment import BATCH_SIZE


class CrmLead(models.Model):
    """Leads that were left without an owner are assigned from time to time."""

    _inherit = "crm.lead"

    @api.model
    def _get_left_domain(self):
        """Return which leads wait for an owner."""
        return self._get_assignable_domain() & Domain(
            [("user_id", "=", False), ("queue_id", "=", False)]
        )

    @api.model
    def _cron_assign_leads(self):
        """Ask the rules about leads that nobody owns and that wait in no queue.

        Whoever hands out turns of the same salespeople at the same time goes first: the
        batch that met them is tried again.
        """
        left = self._get_left_for_rules().ids
        remaining, conflicts = len(left), 0
        batches = deque(split_every(BATCH_SIZE, left))
        while batches:
            ids = batches[0]
            try:
                do_or_log(self.browse(ids), methodcaller("_run_assignment_rules"))
                seconds_left = self.env["ir.cron"]._commit_progress(
                    len(ids), remaining=remaining - len(ids)
                )
            except CONFLICTS:
                conflicts += 1
                if conflicts > MAX_CONFLICTS:
                    raise
                self.env.cr.rollback()
                continue
            batches.popleft()
            remaining -= len(ids)
            if not seconds_left:
                break

    @api.model
    def _get_left_for_rules(self):
        """Return the leads left without an owner that a rule wants to be asked of."""
        rules = self.env["crm.lead.assignment.rule"]
        by_company = rules._get_rules_by_company(self.env["res.company"].search([]))
        companies = [
            company.id for company, rule in by_company.items() if rule.assign_left
        ]
        if not companies:
            return self.browse()
        return self.search(
            self._get_left_domain() & Domain("company_id", "in", companies),
            order="id",
        )
