from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_list

from .bant import QUESTIONS

SHOWN_MANAGERS = 3  # whom a refusal names


class CrmLead(models.Model):
    """No opportunity without being qualified.

    With the gate switched on, a lead below the threshold doesn't become an opportunity,
    through whichever door: `write` refuses it to salespeople. Sales managers and code
    running as superuser pass, which is noted in the chatter.
    """

    _inherit = "crm.lead"

    def write(self, vals):
        if vals.get("type") != "opportunity" or not self._is_bant_gate_on():
            return super().write(vals)
        converted = self.filtered(lambda lead: lead.type == "lead")
        result = super().write(vals)
        # Answers may come with the same write: what counts is the score after it.
        converted._pass_bant_gate()
        return result

    def _is_bant_gate_on(self):
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_flag("lead_management.bant_gate")

    def _pass_bant_gate(self):
        """Let leads that become opportunities through the gate, or not.

        :raise UserError: some are not qualified, and the user is no sales manager
        """
        unqualified = self.filtered(lambda lead: not lead.is_qualified)
        if not unqualified:
            return
        if not self._may_pass_bant_gate():
            raise UserError(
                self.env._(
                    "Not qualified yet, so it can't become an opportunity:\n%(leads)s\n"
                    "%(way_on)s",
                    leads="\n".join(
                        f"• {lead.name}: {lead._get_bant_gap()}" for lead in unqualified
                    ),
                    way_on=unqualified._get_bant_way_on(),
                )
            )
        unqualified._message_log_batch(
            bodies={
                lead.id: self.env._(
                    "Converted without being qualified: %(gap)s",
                    gap=lead._get_bant_gap(),
                )
                for lead in unqualified
            }
        )

    def _may_pass_bant_gate(self):
        """Tell whether the user converts leads that are not qualified."""
        return self.env.su or self.env.user.has_group("sales_team.group_sale_manager")

    def _get_bant_refusals(self):
        """Return why the gate stops leads, as sentences by lead."""
        if not self._is_bant_gate_on() or self._may_pass_bant_gate():
            return {}
        return {
            lead: self.env._(
                "Not qualified yet: %(gap)s %(way_on)s",
                gap=lead._get_bant_gap(),
                way_on=lead._get_bant_way_on(),
            )
            for lead in self
            if not lead.is_qualified
        }

    def _get_bant_way_on(self):
        """Say what to do about leads that the gate stops, and who may pass it."""
        managers = self.env.ref("sales_team.group_sale_manager").sudo().all_user_ids
        managers = managers.filtered(
            lambda user: user._is_internal() and user.company_ids & self.env.companies
        )
        leaders = managers & self.sudo().team_id.user_id
        names = (leaders or managers).sorted("name")[:SHOWN_MANAGERS].mapped("name")
        if not names:
            return self.env._("Answer more of the questions on the Qualification tab.")
        return self.env._(
            "Answer more of the questions on the Qualification tab, or ask a sales"
            " manager to convert it: %(managers)s.",
            managers=format_list(self.env, names, "or"),
        )

    def _get_bant_gap(self):
        """Say what the lead lacks: its score, the threshold, and the open questions."""
        self.ensure_one()
        return self.env._(
            "score %(score)s of the %(threshold)s needed. Open: %(questions)s.",
            score=self.bant_score,
            threshold=self._get_bant_threshold(),
            questions=", ".join(
                f"{labels['string']} ({dict(labels['selection'])[self[name]].lower()})"
                for name, labels in self.fields_get(
                    [*QUESTIONS], ["string", "selection"]
                ).items()
                if self[name] != "yes"
            ),
        )
