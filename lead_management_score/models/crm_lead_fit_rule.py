from odoo import fields, models
from odoo.fields import Domain

# Scores, and what rules give by them: one would change the other for ever.
SCORES = {"score_fit", "score_engagement", "stars"}


class CrmLeadFitRule(models.Model):
    """Rule that adds points to the fit of a lead.

    SPECIFICATION

    How a rule is asked: see `lead.rule.mixin`. Other than there, not the first rule
    that a lead meets counts: the points of all of them add up, and may be negative. A
    lead that meets none has a fit of 0.

    Which leads have a fit: leads. What an opportunity had as a lead it keeps.

    When the rules run: on new leads; on leads of which a field changes that an active
    rule uses; on all open leads, by the button. They ask for no score themselves, nor
    for stars, which star rules may give by a score.
    """

    _name = "crm.lead.fit.rule"
    _inherit = ["lead.rule.mixin", "lead.guard.mixin"]
    _description = "Fit Rule"
    _gives = "points"

    active = fields.Boolean(help="Archived rules are kept but add no points")
    domain = fields.Char(help="Leads that meet this filter get the points")
    points = fields.Integer(
        default=10,
        required=True,
        aggregator=None,
        help="How many points are added. Negative ones are taken off.",
    )
    company_id = fields.Many2one(
        help="Leads of this company only; of every company when empty"
    )

    _points_sane = models.Constraint(
        "CHECK (points BETWEEN -1000 AND 1000)",
        "A rule adds at most 1000 points, and takes off at most 1000.",
    )

    def action_try(self):
        """Open what all rules on scores are worth, told from the closed leads."""
        return self.env["crm.lead.score.trial"].action_try()

    def _get_open_lead_domain(self):
        return Domain("type", "=", "lead")

    def _apply_again(self, leads):
        return len(leads._apply_fit_rules())

    def _tell_applied(self, count, total):
        return self.env._(
            "Open leads with another fit: %(changed)s of %(count)s.",
            changed=count,
            count=total,
        )

    def _get_own_trigger_fields(self):
        # Without a rule, nothing is asked of any lead.
        return {"type"} if self._get_cached_rules() else set()

    def _check_conditions(self, domain):
        result = super()._check_conditions(domain)
        if SCORES & self._get_fields_behind(self._get_field_names(domain)):
            raise ValueError(
                self.env._("the fit says who they are, and can't depend on a score")
            )
        return result
