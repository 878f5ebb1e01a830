from collections import defaultdict

from odoo import fields, models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision


class CrmLead(models.Model):
    """How well who they are fits: see `crm.lead.fit.rule`."""

    _inherit = "crm.lead"

    score_fit = fields.Integer(
        "Fit",
        default=0,
        aggregator="avg",
        copy=False,
        readonly=True,
        system=True,
        help="Points of the fit rules that the lead meets: who they are",
    )

    def write(self, vals):
        result = super().write(vals)
        if not self.env["crm.lead.fit.rule"]._get_trigger_fields().isdisjoint(vals):
            self._apply_fit_rules()
        return result

    def _apply_star_rules(self):
        # They, and all rules that are asked after them of new leads, may ask for it.
        if self.env["crm.lead.fit.rule"]._get_cached_rules():
            self._apply_fit_rules()
        return super()._apply_star_rules()

    def _apply_fit_rules(self):
        """Give the leads the points that the rules say, with one write per number of
        points; return the leads whose fit changed, in sudo."""
        # The writer may be unable to see the lead any more, say after giving it away.
        leads = self.sudo().filtered(lambda lead: lead.type == "lead")
        changes = defaultdict(leads.browse)
        decisions = {}
        for lead, rules in self.env["crm.lead.fit.rule"]._find_all_rules(leads).items():
            points = sum(rule.gives for rule in rules)
            if lead.score_fit != points:
                changes[points] |= lead
                decisions[lead] = self._get_fit_decision(rules)
        for points, changed in changes.items():
            changed.write({"score_fit": points})
        leads._note_decisions("fit", decisions)
        return leads.browse().union(*changes.values())

    def _get_fit_decision(self, rules):
        """Return the `Decision` that rules add up to."""
        names = sorted(set().union(*(rule.names for rule in rules)))
        parts = [[rule.id, rule.gives] for rule in rules]
        return Decision("sum", names=tuple(names), told={"parts": parts})
