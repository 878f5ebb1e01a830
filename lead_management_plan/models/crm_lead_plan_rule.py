from odoo import fields, models
from odoo.fields import Domain


class CrmLeadPlanRule(models.Model):
    """Rule that starts a plan on leads.

    SPECIFICATION

    Which rule a lead has and how that is asked: see `lead.rule.mixin`. It starts its
    plan on the lead. “When a lead reaches a status” is a filter on the status.

    Which leads: leads that are neither converted nor dead, and have no plan that is
    running. Nobody gets the same letters twice by itself: a plan that a lead has had,
    whatever came of it, is not started again by a rule. People may.

    When the rules are asked:

      * of new leads;
      * of leads that are written, when an active rule uses one of the written fields;
      * of all open leads, by the button.
    """

    _name = "crm.lead.plan.rule"
    _inherit = ["lead.rule.mixin", "lead.guard.mixin"]
    _description = "Plan Rule"

    active = fields.Boolean(help="Archived rules are kept but start no plan")
    domain = fields.Char(
        help="The plan is started on leads that come to meet this filter, and no filter"
        " of a rule above. For a plan that begins with a status, filter by the status.",
    )
    plan_id = fields.Many2one(
        "mail.activity.plan",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("res_model", "=", "crm.lead")],
        help="A lead that has had it already doesn't get it again by a rule",
    )
    company_id = fields.Many2one(
        help="Leads of this company only; of every company when empty"
    )

    def _get_open_lead_domain(self):
        return Domain(
            [
                ("type", "=", "lead"),
                ("active", "=", True),
                ("status_id.category", "not in", ("converted", "dead")),
            ]
        )

    def _get_own_trigger_fields(self):
        return {"active", "status_id", "type"}

    def _apply_again(self, leads):
        return leads._start_plans_by_rule()

    def _tell_applied(self, count, total):
        return self.env._(
            "Plans started on open leads: %(count)s of %(all)s.", count=count, all=total
        )
