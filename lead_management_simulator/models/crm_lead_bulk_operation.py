from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CrmLeadBulkOperationSimulate(models.AbstractModel):
    """Ask the entries of a rule, and of its draft, about leads that came in.

    `values`: `simulation_id`. Its batches have the places of leads in the list of the
    simulation. No lead is changed.
    """

    _name = "crm.lead.bulk.operation.simulate"
    _inherit = "crm.lead.bulk.operation"
    _description = "Simulation of an Assignment Rule"

    # Little is done with each, and as many queries asked whatever their number.
    _batch_size = 2000

    def _get_simulation(self, values):
        simulations = self.env["crm.lead.assignment.simulation"]
        return simulations.browse(values.get("simulation_id") or ()).exists()

    def _check_values(self, values):
        simulation = self._get_simulation(values)
        if not simulation:
            raise UserError(self.env._("The simulation was deleted."))
        simulation.check_access("write")

    def _describe(self, values):
        simulation = self._get_simulation(values)
        return [
            self.env._(
                "“%(rule)s” is tried on the leads since %(date)s.",
                rule=simulation.rule_id.display_name,
                date=format_date(self.env, simulation._get_first_day()),
            )
        ]

    def _run_batch(self, numbers, values):
        if simulation := self._get_simulation(values):
            simulation._look_at(numbers)
        return self._make_outcome(len(numbers), 0, {})

    def _after_job(self, job):
        if simulation := self._get_simulation(job.values or {}):
            simulation._finish()
        return super()._after_job(job)

    def _name_failed(self, numbers):
        return {number: (0, self.env._("Lead no. %s", number)) for number in numbers}

    def _tell_changed(self, count, total):
        return self.env._(
            "Leads looked at: %(count)s of %(total)s", count=count, total=total
        )


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("simulate", "Simulate a rule")],
        ondelete={"simulate": "cascade"},
    )
