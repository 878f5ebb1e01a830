from odoo import fields, models
from odoo.tools import SQL

from ..models.crm_lead_plan_run.run import STOP_REASONS
from ..models.crm_lead_plan_step.step import STATES


class CrmLeadPlanReport(models.Model):
    """Every step of the plans that leads had, as rows to be counted.

    A plan counts once: as started in the row of its first step, as stopped or finished
    and as converted in that of the last step it came to. So each column adds up, by
    plan and by step. A lead is converted afterwards if it was after the plan started,
    and nobody has undone it. Whoever may read a lead reads its rows.
    """

    _name = "crm.lead.plan.report"
    _description = "Follow-up Plan Analysis"
    _inherit = ["lead.report.mixin"]
    _auto = False
    _rec_name = "lead_id"
    _order = "date_start desc, id desc"
    _depends = {
        "crm.lead": ["company_id", "team_id", "user_id"],
        "crm.lead.conversion": ["lead_id", "date", "undone_date"],
        "crm.lead.plan.run": [
            *("lead_id", "plan_id", "state", "stop_reason", "date_start"),
            *("step_id", "rule_id", "user_id"),
        ],
        "crm.lead.plan.step": ["run_id", "number", "name", "state", "is_mail"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    run_id = fields.Many2one("crm.lead.plan.run", "Plan on a Lead", readonly=True)
    plan_id = fields.Many2one("mail.activity.plan", readonly=True)
    step = fields.Char(readonly=True)
    is_mail = fields.Boolean("By Email", readonly=True)
    step_state = fields.Selection(STATES, readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Finished"), ("stopped", "Stopped")],
        "State of the Plan",
        readonly=True,
    )
    stop_reason = fields.Selection(STOP_REASONS, "Stopped Because", readonly=True)
    rule_id = fields.Many2one("crm.lead.plan.rule", "Started by Rule", readonly=True)
    owner_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_start = fields.Datetime("Started On", readonly=True)
    started_count = fields.Integer("Plans Started", readonly=True)
    reached_count = fields.Integer("Steps Started", readonly=True)
    done_count = fields.Integer("Steps Done", readonly=True)
    skipped_count = fields.Integer("Steps Skipped", readonly=True)
    stopped_count = fields.Integer("Plans Stopped", readonly=True)
    finished_count = fields.Integer("Plans Finished", readonly=True)
    converted_count = fields.Integer("Converted Afterwards", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT step.id,
                   run.lead_id,
                   run.id AS run_id,
                   run.plan_id,
                   concat_ws('. ', step.number, step.name) AS step,
                   step.is_mail,
                   step.state AS step_state,
                   run.state,
                   run.stop_reason,
                   run.rule_id,
                   lead.user_id AS owner_id,
                   lead.team_id,
                   lead.company_id,
                   run.date_start,
                   (step.number = 1)::int AS started_count,
                   (step.state NOT IN ('waiting', 'left'))::int AS reached_count,
                   (step.state = 'done')::int AS done_count,
                   (step.state = 'skipped')::int AS skipped_count,
                   (run.state = 'stopped' AND step.id = run.step_id
                   )::int AS stopped_count,
                   (run.state = 'done' AND step.id = run.step_id
                   )::int AS finished_count,
                   (step.id = run.step_id AND EXISTS (
                        SELECT FROM crm_lead_conversion AS conversion
                         WHERE conversion.lead_id = run.lead_id
                           AND conversion.date >= run.date_start
                           AND conversion.undone_date IS NULL
                   ))::int AS converted_count
              FROM crm_lead_plan_step AS step
              JOIN crm_lead_plan_run AS run ON run.id = step.run_id
              JOIN %(leads)s AS lead ON lead.id = run.lead_id
            """,
            leads=self._get_leads(),
        )

    def action_open_lead(self):
        """Open the lead that has the plan."""
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()
