from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_list

TARGETS = [
    ("user", "A salesperson"),
    ("rotation", "Salespeople in turn"),
    ("queue", "A queue"),
    ("team", "A sales team's members in turn"),
    ("known", "The owner of what it matches"),
]
COUNTED_DAYS = 30


class CrmLeadAssignmentRuleEntry(models.Model):
    """One line of an assignment rule: which leads, and who gets them.

    How entries work together is specified in `crm.lead.assignment.rule`; this model
    holds what can be said of one alone: its filter, its target, and what is wrong with
    them.
    """

    _name = "crm.lead.assignment.rule.entry"
    _inherit = ["lead.domain.mixin", "lead.guard.mixin"]
    _description = "Assignment Rule Entry"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        "crm.lead.assignment.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id")
    name = fields.Char(
        required=True, help="Named in the chatter of every lead the entry assigns"
    )
    sequence = fields.Integer(default=10)
    domain = fields.Char(
        help="Leads that meet this filter, and no filter of an entry above, are"
        " assigned by this entry",
    )
    target = fields.Selection(
        TARGETS, "Assign To", required=True, default="user", help="Who gets the leads"
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    user_ids = fields.Many2many(
        "res.users",
        "crm_lead_assignment_rule_entry_user",
        "entry_id",
        "user_id",
        "Salespeople",
        domain="[('share', '=', False)]",
        context={"active_test": False},
        help="They get leads in turn: whoever got one least recently comes first."
        " Those who are away, archived or at their limit of open leads are skipped.",
    )
    queue_id = fields.Many2one(
        "crm.lead.queue",
        index="btree_not_null",
        ondelete="restrict",
        help="The leads wait there, without an owner, until a member claims them. The"
        " queue tells its members.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        index="btree_not_null",
        ondelete="restrict",
        help="Its members get leads in turn, up to their capacity of 30 days, except"
        " those who paused assignment",
    )
    template_id = fields.Many2one(
        "mail.template",
        "Email",
        domain="[('model', '=', 'crm.lead')]",
        index="btree_not_null",
        help="Sent to the new owner for each lead, whoever the template names as the"
        " recipient",
    )
    by_share = fields.Boolean(
        "Keep to their shares",
        help="Give everybody as many of the leads that come while they are there as"
        " their share says, see Availability. If not, whoever has waited longest for a"
        " lead, of whatever rule or by hand, comes first; unless their shares differ.",
    )
    keep_owner = fields.Boolean(
        "Keep the owner it has",
        help="A lead that has an owner already, and meets the filter, keeps the owner",
    )
    target_summary = fields.Char("Assigned To", compute="_compute_target_summary")
    problem = fields.Char(
        compute="_compute_problem", help="Why the entry is skipped at present"
    )
    assigned_count = fields.Integer(
        "Leads in 30 Days", compute="_compute_assigned_count"
    )

    @api.depends("target", "user_id", "user_ids", "queue_id", "team_id")
    def _compute_target_summary(self):
        for entry in self:
            if entry.target == "rotation":
                entry.target_summary = entry.env._(
                    "In turn: %(users)s",
                    users=", ".join(entry.user_ids.mapped("name")),
                )
            elif entry.target == "team":
                entry.target_summary = entry.env._(
                    "Members of %(team)s", team=entry.team_id.name or ""
                )
            else:
                entry.target_summary = entry._get_target().display_name

    @api.depends("domain", "target", "user_id", "user_ids", "queue_id", "team_id")
    def _compute_problem(self):
        for entry in self:
            entry.problem = entry.sudo()._get_target_problem()
            if not entry.problem:
                entry.problem = entry._get_domain_problem(is_new=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_assigned_count(self):
        since = fields.Datetime.now() - timedelta(days=COUNTED_DAYS)
        counts = dict(
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(
                [
                    ("assignment_entry_id", "in", self.ids),
                    ("assignment_date", ">=", since),
                ],
                ["assignment_entry_id"],
                ["__count"],
            )
        )
        for entry in self:
            entry.assigned_count = counts.get(entry._origin, 0)

    def _get_problem_words(self):
        """Return the problems of the entries as a list in one text."""
        return format_list(
            self.env,
            [
                self.env._(
                    "“%(entry)s”: %(problem)s", entry=entry.name, problem=entry.problem
                )
                for entry in self
                if entry.problem
            ],
        )
