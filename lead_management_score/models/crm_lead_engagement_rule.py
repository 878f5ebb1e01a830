from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.lead_management.models.lead_notice import get_notification


class CrmLeadEngagementRule(models.Model):
    """Points for what the people behind leads do.

    SPECIFICATION

    * A rule is about one kind of event (`crm.lead._get_engagement_kinds`). Each event
      of a lead gives the points of the rule. Of a company, a rule counts for the leads
      of that company only.
    * Points of an event have half their worth after `half_life` days, a quarter after
      twice as many. 0 days: they keep their worth. Days are those of the calendar, in
      UTC: what happened today counts in full, and the score of a lead to which nothing
      happens changes at midnight only.
    * A rule gives no more than `max_points` in all (0: without a limit), counted after
      they have lost their worth.
    * The engagement of a lead is the sum over the rules, rounded to whole points.
    """

    _name = "crm.lead.engagement.rule"
    _inherit = ["lead.cached.mixin", "lead.guard.mixin"]
    _description = "Engagement Rule"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Archived rules are kept but add no points"
    )
    kind = fields.Selection(
        lambda self: self._get_kind_selection(),
        "Event",
        required=True,
        help="What people do that gives points",
    )
    points = fields.Integer(
        default=10,
        required=True,
        aggregator=None,
        help="How many points each event gives. Negative ones are taken off.",
    )
    half_life = fields.Integer(
        "Half-Life (Days)",
        default=30,
        required=True,
        aggregator=None,
        help="After how many days the points have half their worth; 0 for never",
    )
    max_points = fields.Integer(
        "At Most",
        default=30,
        required=True,
        aggregator=None,
        help="More points than these such events don't give together; 0 for no limit",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Leads of this company only; of every company when empty",
    )

    _kind_uniq = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0)) WHERE active IS TRUE",
        "There is a rule for this event already. Change that one.",
    )
    _numbers_sane = models.Constraint(
        "CHECK (points BETWEEN -1000 AND 1000 AND max_points BETWEEN 0 AND 10000"
        " AND half_life BETWEEN 0 AND 3650)",
        "An event gives or takes at most 1000 points, a rule at most 10000; the"
        " half-life is a number of days from 0 to 3650.",
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._get_kind_selection())
        for rule in self:
            rule.display_name = labels.get(rule.kind) or rule.kind

    def _get_kind_selection(self):
        kinds = self.env["crm.lead"]._get_engagement_kinds()
        return [(name, kind.label) for name, kind in kinds.items()]

    def action_apply_to_all(self):
        """Count the engagement of all open leads of the user's companies anew, and tell
        what came of it."""
        self.check_access("write")
        leads = self.env["crm.lead"].sudo()
        domain = leads._get_engaging_domain()
        changes = leads._find_engagement_changes(
            domain & self._get_company_domain(self.env.companies)
        )
        leads._write_engagement(changes)
        return get_notification(
            self.env._("Open leads with another engagement: %s.", len(changes))
        )

    def _get_company_domain(self, companies):
        return Domain("company_id", "in", [False, *companies.ids])

    def action_add_usual(self):
        """Add a rule for each kind of event that no rule counts, and return the action
        that shows them.

        For the user's company alone where another one has a rule that isn't for him to
        see: on its leads, both would count.
        """
        self.check_access("create")
        known = set(self.search([]).mapped("kind"))
        elsewhere = set(self.sudo().search([]).mapped("kind"))
        kinds = self.env["crm.lead"]._get_engagement_kinds()
        self.create(
            [
                {
                    "kind": name,
                    "points": kind.points,
                    "max_points": 3 * kind.points,
                    "sequence": 1000 - kind.points,
                    "company_id": name in elsewhere and self.env.company.id,
                }
                for name, kind in kinds.items()
                if name not in known
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_score.crm_lead_engagement_rule_action"
        ) | {"target": "main"}
