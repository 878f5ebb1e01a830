from odoo import fields, models

RULES = ("crm.lead.fit.rule", "crm.lead.engagement.rule")


class CrmLeadScoreTrialBand(models.TransientModel):
    """Closed leads with about the same points."""

    _name = "crm.lead.score.trial.band"
    _description = "Band of Scores"
    _order = "id desc"

    trial_id = fields.Many2one(
        "crm.lead.score.trial", required=True, index=True, ondelete="cascade"
    )
    lowest = fields.Integer("From", readonly=True, aggregator=None)
    highest = fields.Integer("To", readonly=True, aggregator=None)
    number = fields.Integer("Leads", readonly=True)
    share = fields.Float("Converted", readonly=True, aggregator=None)


class CrmLeadScoreTrialLine(models.TransientModel):
    """What a rule says about closed leads."""

    _name = "crm.lead.score.trial.line"
    _description = "Rule in a Trial of the Score"

    trial_id = fields.Many2one(
        "crm.lead.score.trial", required=True, index=True, ondelete="cascade"
    )
    rule_model = fields.Char("Kind of Rule", readonly=True)
    rule_id = fields.Many2oneReference(
        "Record", model_field="rule_model", readonly=True
    )
    name = fields.Char("Rule", readonly=True)
    number = fields.Integer("Leads", readonly=True, aggregator=None)
    share = fields.Float("Converted", readonly=True, aggregator=None)
    other_share = fields.Float("Others Converted", readonly=True, aggregator=None)
    verdict = fields.Selection(
        [
            ("helps", "Helps"),
            ("none", "No difference"),
            ("against", "Points the wrong way"),
            ("unknown", "Too few leads"),
            ("not_tried", "Not tried: closing sets its field"),
        ],
        "Result",
        readonly=True,
    )
    points = fields.Integer(readonly=True, aggregator=None)
    is_suggested = fields.Boolean(readonly=True)
    suggested = fields.Integer(readonly=True, aggregator=None)

    def _get_rule(self):
        """Return the rule, if it is one on scores and still there."""
        if self.rule_model not in RULES:
            return None
        return self.env[self.rule_model].browse(self.rule_id).exists()
