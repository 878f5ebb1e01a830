from odoo import api, fields, models
from odoo.fields import Command, Domain

from odoo.addons.lead_management.models.lead_notice import get_notification

from ..tools import score_trial
from .crm_lead_score_trial_line import RULES

DEFAULT_NEEDED = 200
# Beyond, every second or third lead says as much about the points.
MAX_ROWS = 5000
MOST_MAX_POINTS = 10_000


class CrmLeadScoreTrial(models.TransientModel):
    """What the rules are worth, told from the leads that are closed.

    SPECIFICATION

    * Tried are the active rules on the leads that were converted or are dead, of the
      companies the user works in, and of those he may read.
    * Engagement is what it was just before a lead was closed. Fit goes by what fields
      have today; a rule on a field that closing sets (the status, say) isn't tried, and
      a lead of which a field in use has changed since is left out.
    * Where fewer leads than the settings ask for are closed, that is said, and neither
      an order nor points are told: they would be chance.
    * In order: how likely a converted lead has more points than a dead one. Bands: a
      fifth of the leads each, and how many of them were converted.
    * Points are suggested by a logistic regression on all rules at once, so that two
      rules that say the same share the points; 10 points double the odds.
    """

    _name = "crm.lead.score.trial"
    _description = "Trial of the Score"

    summary = fields.Char(readonly=True)
    remark = fields.Char(readonly=True)
    is_enough = fields.Boolean(readonly=True)
    fit_order = fields.Float("Fit Only", readonly=True)
    engagement_order = fields.Float("Engagement Only", readonly=True)
    order = fields.Float("Both", readonly=True)
    band_ids = fields.One2many(
        "crm.lead.score.trial.band", "trial_id", "Bands", readonly=True
    )
    line_ids = fields.One2many(
        "crm.lead.score.trial.line", "trial_id", "Rules", readonly=True
    )

    def _get_needed(self):
        """Return how many leads have to be closed before anything is concluded."""
        return self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.score_needed", DEFAULT_NEEDED
        )

    @api.model
    def action_try(self):
        """Try all rules, and open what came of it.

        :raise AccessError: the user may not change the rules
        """
        for name in RULES:
            self.env[name].check_access("write")
        trial = self.create(self._prepare_trial())
        return trial._get_records_action(
            name=self.env._("Try the score"), target="new", context={}
        )

    def action_take_over(self):
        """Give all rules the points that are suggested.

        What a rule gives at most changes with its points.

        :return: the action that says so and closes the dialog
        """
        self.ensure_one()
        count = 0
        for line in self.line_ids:
            rule = line._get_rule()
            if not rule or not line.is_suggested or line.suggested == rule.points:
                continue
            values = {"points": line.suggested}
            if rule._name == RULES[1] and rule.points and line.suggested:
                ratio = abs(line.suggested / rule.points)
                most = min(round(rule.max_points * ratio), MOST_MAX_POINTS)
                # 0 would be no limit.
                values["max_points"] = rule.max_points and max(most, 1)
            rule.write(values)
            count += 1
        return get_notification(self.env._("Rules with other points: %s.", count))

    # ------------------------------------------------------------
    # TRYING
    # ------------------------------------------------------------

    def _prepare_trial(self):
        """Return the values of a trial of the rules as they are now."""
        rules = [rule for name in RULES for rule in self.env[name].search([])]
        names, tried = set(), []
        outcome = self.env["crm.lead"]._get_outcome_fields()
        for rule in rules:
            used = self._get_used_fields(rule)
            if used is not None and not used & outcome:
                tried.append(rule)
                names |= used
        closed, left_out = self.env["crm.lead"]._get_closed_leads(names)
        converted = sum(lead.is_converted for lead in closed)
        is_enough = self._get_needed() <= len(closed) and 0 < converted < len(closed)
        worth = self._get_worth(tried)
        values = {
            "is_enough": is_enough,
            "summary": self.env._(
                "Closed leads: %(count)s. Converted: %(converted)s.",
                count=len(closed),
                converted=converted,
            ),
            "remark": self._get_remark(len(closed), left_out, is_enough),
        }
        suggested = {}
        if is_enough:
            values |= self._judge(closed, worth)
            suggested = self._suggest(closed, worth)
        lines = [
            self._prepare_line(rule, closed, worth.get(rule), suggested.get(rule))
            for rule in rules
        ]
        return values | {"line_ids": [Command.create(line) for line in lines]}

    def _get_used_fields(self, rule):
        """Return the fields that a rule asks for, or None if it can't be asked: those
        that a lead keeps, behind those that are computed whenever they are read."""
        if rule._name != RULES[0]:
            return set()
        if rule._get_domain_problem(is_new=False):
            return None
        leads, used = self.env["crm.lead"], set()
        asked = [*rule._get_field_names(rule._parse_domain())]
        while asked:
            field = leads._fields[asked.pop()]
            if field.name in used:
                continue
            used.add(field.name)
            if not field.store:
                depends, _context = field.get_depends(leads)
                asked += [path.split(".")[0] for path in depends]
        return used

    def _get_worth(self, rules):
        """Return how often leads met each rule, weighed: for the fit 1 or not there;
        dictionaries by the id of the lead, by rule."""
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        engagement = leads.env["crm.lead"].with_env(self.env)._get_closed_engagement()
        closed, worth = leads._get_closed_domain(), {}
        for rule in rules:
            if rule._name == RULES[0]:
                domain = rule._parse_domain() & closed
                if rule.company_id:
                    domain &= Domain("company_id", "=", rule.company_id.id)
                asked = rule._in_own_language(leads)
                worth[rule] = dict.fromkeys(asked._search(domain), 1.0)
            else:
                worth[rule] = engagement.get(rule.id, {})
        return worth

    def _get_remark(self, count, left_out, is_enough):
        needed, remarks = self._get_needed(), []
        if count < needed:
            remarks.append(
                self.env._(
                    "Too few closed leads (%(count)s of %(needed)s): what is here may"
                    " be chance.",
                    count=count,
                    needed=needed,
                )
            )
        elif not is_enough:
            remarks.append(
                self.env._("There have to be converted leads and dead ones to compare.")
            )
        if left_out:
            remarks.append(
                self.env._(
                    "Left out because a value changed when they were closed, or later:"
                    " %s.",
                    left_out,
                )
            )
        return " ".join(remarks)

    def _judge(self, closed, worth):
        """Return what the scores as they are tell of closed leads."""

        def get_cases(names):
            rules = [rule for rule in worth if rule._name in names]
            return [
                (
                    round(
                        sum(rule.points * worth[rule].get(lead.id, 0) for rule in rules)
                    ),
                    lead.is_converted,
                )
                for lead in closed
            ]

        both = get_cases(RULES)
        bands = score_trial.get_bands(both)
        return {
            "fit_order": score_trial.get_area(get_cases(RULES[:1])),
            "engagement_order": score_trial.get_area(get_cases(RULES[1:])),
            "order": score_trial.get_area(both),
            "band_ids": [
                Command.create(
                    {
                        "lowest": band.lowest,
                        "highest": band.highest,
                        "number": band.number,
                        "share": band.good / band.number,
                    }
                )
                for band in bands
            ],
        }

    def _suggest(self, closed, worth):
        """Return the points of each rule that say most about closed leads."""
        step = -(-len(closed) // MAX_ROWS)
        rows = [
            (
                tuple(round(of_rule.get(lead.id, 0), 2) for of_rule in worth.values()),
                lead.is_converted,
            )
            for lead in closed[::step]
        ]
        changes = score_trial.fit_logistic(rows)
        return {
            rule: score_trial.get_points(change)
            for rule, change in zip(worth, changes, strict=True)
        }

    def _prepare_line(self, rule, closed, worth, suggested):
        """Return the values of the line of a rule.

        :param worth: see `_get_worth`; None if the rule wasn't tried
        """
        line = {
            "rule_model": rule._name,
            "rule_id": rule.id,
            "name": rule.display_name,
            "points": rule.points,
            "is_suggested": suggested is not None,
            "suggested": suggested or 0,
            "verdict": "not_tried",
        }
        if worth is None:
            return line
        met = [lead.is_converted for lead in closed if lead.id in worth]
        good, count = sum(met), len(met)
        other_count = len(closed) - count
        other_good = sum(lead.is_converted for lead in closed) - good
        certainty = score_trial.get_certainty(good, count, other_good, other_count)
        if abs(certainty) < score_trial.CERTAIN:
            verdict = "none"
        else:
            verdict = "helps" if certainty * (rule.points or 1) > 0 else "against"
        return line | {
            "number": count,
            "share": good / count if count else 0,
            "other_share": other_good / other_count if other_count else 0,
            "verdict": verdict if suggested is not None else "unknown",
        }
