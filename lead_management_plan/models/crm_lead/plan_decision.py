from odoo import models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why a plan began or stopped, where nobody did it by hand."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"plan": Kind(self.env._("Follow-up Plan"), "plan_run_id")}

    def _decide_again(self, kind):
        rules = self.env["crm.lead.plan.rule"].sudo()
        if kind != "plan" or not rules._get_cached_rules():
            return super()._decide_again(kind)
        lead = self.sudo().filtered_domain(rules._get_open_lead_domain())
        if not lead or not (cached := rules._find_rules(lead)[lead]):
            return None
        rule = rules.browse(cached.id).with_env(self.env)
        return Decision("rule", rule, cached.names), None

    def _tell_decision(self, kind, code, told):
        if kind != "plan":
            return super()._tell_decision(kind, code, told)
        if code == "rule":
            return self.env._("It meets the filter of a plan rule.")
        runs = self.env["crm.lead.plan.run"]
        reasons = dict(runs._fields["stop_reason"]._description_selection(self.env))
        if code not in reasons:
            return ""
        return self.env._("The plan has stopped: %s.", reasons[code])
