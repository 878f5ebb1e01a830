from operator import methodcaller

from odoo import models
from odoo.fields import Domain

from odoo.addons.lead_management.models.in_parts import do_all

from .assignment import BATCH_SIZE


class CrmLead(models.Model):
    """Leads that were left without an owner are assigned from time to time."""

    _inherit = "crm.lead"

    def _get_left_domain(self):
        """Return which leads wait for an owner."""
        return self._get_assignable_domain() & Domain(
            [("user_id", "=", False), ("queue_id", "=", False)]
        )

    def _cron_assign_leads(self):
        """Ask the rules about leads that nobody owns and that wait in no queue.

        Whoever hands out turns of the same salespeople at the same time goes first: the
        batch that met them is tried again.
        """
        domain = self._get_left_for_rules_domain()
        do_all(self, domain, methodcaller("_run_assignment_rules"), BATCH_SIZE)

    def _get_left_for_rules_domain(self):
        """Return which leads left without an owner a rule wants to be asked of."""
        rules = self.env["crm.lead.assignment.rule"]
        by_company = rules._get_rules_by_company(self.env["res.company"].search([]))
        companies = [
            company.id for company, rule in by_company.items() if rule.assign_left
        ]
        return self._get_left_domain() & Domain("company_id", "in", companies)
