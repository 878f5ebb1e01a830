from odoo import api, fields, models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision


class CrmLead(models.Model):
    """Plans start, by a rule or by people."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.sudo()._start_plans_by_rule()
        return leads

    def write(self, vals):
        result = super().write(vals)
        rules = self.env["crm.lead.plan.rule"]
        has_rules = self.env["crm.lead.plan.run"]._get_use()[1]
        if has_rules and vals.keys() & rules._get_trigger_fields():
            self.sudo()._start_plans_by_rule()
        return result

    def _start_plan(self, plan, day=None, user=None, rule=None):
        """Start a plan on leads. One that they have stops.

        :param day: that of the plan, by default today
        :param user: whose the steps are that ask for it, by default the owner's
        :param rule: the `crm.lead.plan.rule` that starts it, if one does
        :return: the `crm.lead.plan.run` records, in sudo
        """
        runs = self.env["crm.lead.plan.run"].sudo()
        leads, plan = self.sudo(), plan.sudo()
        if not leads or not plan.template_ids:
            return runs
        runs._get_running(leads)._stop("replaced")
        started = runs.create(
            [
                {
                    "lead_id": lead.id,
                    "plan_id": plan.id,
                    "user_id": False if rule else self.env.uid,
                    "rule_id": rule.id if rule else False,
                    "step_count": len(plan.template_ids),
                }
                for lead in leads
            ]
        )
        started._create_steps(
            plan.template_ids.sorted(lambda step: (step.sequence, step.id)),
            day or fields.Date.context_today(self),
            user or self.env["res.users"].sudo(),
        )
        leads._message_log_batch(
            bodies=dict.fromkeys(
                leads.ids, self.env._("The plan “%s” has started.", plan.name)
            )
        )
        started._schedule_next()
        started._take_steps(with_mails=False)
        return started

    def _start_plans_by_rule(self):
        """Start the plans of the rules that leads meet. In sudo. Return on how many
        leads one was started."""
        rules = self.env["crm.lead.plan.rule"].sudo()
        has_rules = self.env["crm.lead.plan.run"]._get_use()[1]
        if not has_rules or not rules._get_cached_rules():
            return 0
        leads = self.filtered_domain(rules._get_open_lead_domain())
        found = {lead: rule for lead, rule in rules._find_rules(leads).items() if rule}
        if not found:
            return 0
        had = self._get_plans_had([lead.id for lead in found])
        by_rule = {}
        for lead, cached in found.items():
            rule = rules.browse(cached.id)
            plan = rule.plan_id
            plan_ids, is_running = had.get(lead, ((), False))
            is_new = plan.id not in plan_ids and not is_running
            if plan.active and is_new and lead._can_have_plan(plan):
                by_rule[rule] = by_rule.get(rule, lead.browse()) + lead
        for rule, leads in by_rule.items():
            leads._start_plan(rule.plan_id, rule=rule)
            names = rules._get_field_names(rule._parse_domain())
            leads._note_decisions(
                "plan", dict.fromkeys(leads, Decision("rule", rule, names))
            )
        return sum(len(leads) for leads in by_rule.values())

    def _get_plans_had(self, lead_ids):
        """Return which plans leads had or have: the ids of the plans, and whether one
        is running, by lead."""
        runs = self.env["crm.lead.plan.run"].sudo()
        if not runs._has_runs():
            return {}
        groups = runs._read_group(
            [("lead_id", "in", lead_ids)],
            ["lead_id"],
            ["plan_id:recordset", "state:array_agg"],
        )
        return {
            lead: (plans.ids, "running" in states) for lead, plans, states in groups
        }
