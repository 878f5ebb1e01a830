from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lead_decision_mixin import Decision, Kind

ANSWERS = [
    ("unknown", "Unknown"),
    ("no", "No"),
    ("partly", "Partly"),
    ("yes", "Yes"),
]
# What an answer earns, in halves of its question's weight.
HALVES = {"yes": 2, "partly": 1}
# From least to most: which answer survives a merge.
ANSWER_ORDER = [answer for answer, _label in ANSWERS]

# The questions and the fields with the evidence for their answers.
QUESTIONS = {
    "bant_contact": ["bant_contact_note"],
    "bant_need": ["bant_need_note"],
    "bant_budget": ["bant_budget_amount", "bant_budget_note"],
    "bant_authority": ["bant_authority_role", "bant_authority_person"],
    "bant_timing": ["bant_timing_date", "bant_timing_horizon"],
}
DEFAULT_WEIGHT = 20
DEFAULT_THRESHOLD = 60


class CrmLead(models.Model):
    """Whether the lead is worth a sales opportunity: five questions and a score.

    The questions are those of BANT (budget, authority, need, timing), after the one
    whether the contact is real. Each is answered unknown, no, partly or yes, with
    evidence. The score is the weighted share of what is confirmed::

        score = 100 × Σ weight × credit / Σ weight

    with credit 1 for yes, ½ for partly and 0 for no and unknown, rounded half up. The
    weights are settings; with five equal ones, each yes is worth 20 points. From the
    threshold (a setting, too) on, the lead is qualified.

    Two answers that are worth nothing are kept apart because they ask for different
    things: unknown for another call, no for a decision.
    """

    _inherit = "crm.lead"

    # Contact
    bant_contact = fields.Selection(
        ANSWERS, "Contact Verified", default="unknown", required=True, copy=False
    )
    bant_contact_note = fields.Char("How It Was Verified", copy=False)
    # Need
    bant_need = fields.Selection(
        ANSWERS, "Need", default="unknown", required=True, copy=False
    )
    bant_need_note = fields.Char("What They Need", copy=False)
    # Budget
    bant_budget = fields.Selection(
        ANSWERS, "Budget", default="unknown", required=True, copy=False
    )
    bant_budget_amount = fields.Monetary(
        "Budget Amount", currency_field="company_currency", copy=False
    )
    bant_budget_note = fields.Char("About the Budget", copy=False)
    # Authority
    bant_authority = fields.Selection(
        ANSWERS, "Authority", default="unknown", required=True, copy=False
    )
    bant_authority_role = fields.Selection(
        [
            ("decides", "Decides alone"),
            ("shares", "Decides with others"),
            ("advises", "Advises"),
            ("uses", "Will use it"),
            ("none", "No say in it"),
        ],
        "Contact's Role",
        copy=False,
        help="How much say the contact has in the purchase",
    )
    bant_authority_person = fields.Char(
        "Who Decides", copy=False, help="Name and function of the person who decides"
    )
    # Timing
    bant_timing = fields.Selection(
        ANSWERS, "Timing", default="unknown", required=True, copy=False
    )
    bant_timing_date = fields.Date("Purchase Date", copy=False)
    bant_timing_horizon = fields.Selection(
        [
            ("month", "Within a month"),
            ("quarter", "Within 3 months"),
            ("half_year", "Within 6 months"),
            ("year", "Within a year"),
            ("later", "Later"),
        ],
        "Purchase Horizon",
        copy=False,
    )
    # Result
    bant_score = fields.Integer(
        "Qualification Score",
        compute="_compute_bant_score",
        precompute=True,
        store=True,
        copy=False,
        aggregator="avg",
        tracking=True,
        help="From 0 to 100: how much of the five questions is confirmed, by the"
        " weights in the settings",
    )
    is_qualified = fields.Boolean(
        "Qualified",
        compute="_compute_is_qualified",
        search="_search_is_qualified",
        help="The score has reached the threshold in the settings",
    )

    _check_bant_budget_amount = models.Constraint(
        "CHECK(bant_budget_amount >= 0)", "The budget can't be negative."
    )

    @api.depends(*QUESTIONS)
    def _compute_bant_score(self):
        weights = self._get_bant_weights()
        total = sum(weights.values())
        for lead in self:
            halves = sum(
                weight * HALVES.get(lead[question], 0)
                for question, weight in weights.items()
            )
            lead.bant_score = (100 * halves + total) // (2 * total) if total else 0

    @api.depends("bant_score")
    def _compute_is_qualified(self):
        threshold = self._get_bant_threshold()
        for lead in self:
            lead.is_qualified = lead.bant_score >= threshold

    def _search_is_qualified(self, operator, value):
        if operator != "in":
            return NotImplemented
        qualified = Domain("bant_score", ">=", self._get_bant_threshold())
        return Domain.OR(qualified if wanted else ~qualified for wanted in value)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_bant_values(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._clean_bant_values(vals)
        return super().write(vals)

    def _clean_bant_values(self, vals):
        """Read an empty answer, as imports and forms send it, as unknown."""
        for question in QUESTIONS:
            if question in vals and not vals[question]:
                vals[question] = "unknown"

    def _recompute_bant_scores(self):
        """Apply changed weights to the scores of all leads, in one statement."""
        weights = self._get_bant_weights()
        total = sum(weights.values())
        halves = SQL(" + ").join(
            SQL(
                "%s * CASE %s WHEN 'yes' THEN 2 WHEN 'partly' THEN 1 ELSE 0 END",
                weight,
                SQL.identifier(question),
            )
            for question, weight in weights.items()
        )
        score = SQL(
            "(100 * (%(halves)s) + %(total)s) / GREATEST(2 * %(total)s, 1)",
            halves=halves,
            total=total,
        )
        self.env["crm.lead"].flush_model([*QUESTIONS, "bant_score"])
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET bant_score = %(score)s"
                " WHERE bant_score IS DISTINCT FROM %(score)s",
                score=score,
            )
        )
        self.env["crm.lead"].invalidate_model(["bant_score", "is_qualified"])

    def _get_bant_weights(self):
        """Return the weight of each question."""
        get_number = self.env["ir.config_parameter"]._get_lead_number
        return {
            question: get_number(
                question.replace("bant_", "lead_management.bant_weight_"),
                DEFAULT_WEIGHT,
            )
            for question in QUESTIONS
        }

    def _get_bant_threshold(self):
        """Return the score from which on a lead is qualified."""
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_number(
            "lead_management.bant_threshold", DEFAULT_THRESHOLD
        )

    def _merge_get_fields_specific(self):
        # An answer is worth nothing without its evidence: both come from one lead.
        def from_best_answer(question, evidence):
            def best(field_name, leads):
                lead = max(
                    leads,
                    key=lambda lead: (
                        ANSWER_ORDER.index(lead[question]),
                        any(lead[name] for name in evidence),
                    ),
                )
                return lead[field_name]

            return best

        return {
            **super()._merge_get_fields_specific(),
            **{
                name: from_best_answer(question, evidence)
                for question, evidence in QUESTIONS.items()
                for name in (question, *evidence)
            },
        }

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"score": Kind(self.env._("Qualification Score"), "bant_score")}

    def _decide_again(self, kind):
        if kind != "score" or self.type != "lead":
            return super()._decide_again(kind)
        weights = self._get_bant_weights()
        told = {question: [self[question], weights[question]] for question in weights}
        return Decision("answers", False, tuple(weights), told), None

    def _tell_decision(self, kind, code, told):
        if kind != "score":
            return super()._tell_decision(kind, code, told)
        labels = self.fields_get([*told], ["string", "selection"])
        total = sum(weight for _answer, weight in told.values())
        lines = [
            self.env._(
                "%(question)s: %(answer)s, %(points)s of %(weight)s points",
                question=labels[question]["string"],
                answer=dict(labels[question].get("selection", ANSWERS))[answer].lower(),
                points=f"{weight * HALVES.get(answer, 0) / 2:g}",
                weight=weight,
            )
            for question, (answer, weight) in told.items()
            if question in labels
        ]
        if total != 100:
            lines.append(
                self.env._("The sum counts as a share of %s points.", total),
            )
        return "\n".join(lines)
