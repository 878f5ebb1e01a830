from odoo import fields, models
from odoo.exceptions import UserError

from ..models.lead_notice import WITH_NOTICE, get_notice


class CrmLead2opportunityPartnerMass(models.TransientModel):
    """What became of many leads."""

    _inherit = "crm.lead2opportunity.partner.mass"

    report = fields.Json(
        readonly=True, help="What became of the leads, see _prepare_report"
    )

    def _prepare_report(self, conversions, failures):
        """Return what became of the leads, as JSON.

        :return: `{"converted": n, "accounts": n, "contacts": n, "conversions": ids,
            "failures": problems, "teams": problems}`, how many were converted, accounts
            and contacts created; the problems are as those of `_get_plan`. `teams` are
            the leads that could not get the sales team that was chosen
        """
        created = [
            record_id
            for conversion in conversions.sudo()
            for _model, record_id in conversion.created or ()
        ]
        partners = self.env["res.partner"].browse(created)
        companies = partners.filtered("is_company")
        return {
            "converted": len(conversions),
            "accounts": len(companies),
            "contacts": len(partners) - len(companies),
            "conversions": conversions.ids,
            "failures": [
                {"id": lead.id, "lead": lead.display_name, "reason": reason}
                for lead, reason in failures.items()
            ],
            "teams": [],
        }

    def _allocate(self, leads, user_ids, team_id):
        """Tell of the leads that can't have the team, as theirs is another company."""
        result = super()._allocate(leads, user_ids, team_id)
        team = self.env["crm.team"].browse(team_id if user_ids else [])
        others = leads.filtered(lambda lead: not lead._is_of_company(team.sudo()))
        if self.report and others:
            self.report = {
                **self.report,
                "teams": [
                    {
                        "id": lead.id,
                        "lead": lead.display_name,
                        "reason": self._get_team_reason(lead, team),
                    }
                    for lead in others
                ],
            }
        return result

    def _get_team_reason(self, lead, team):
        values = {
            "company": lead.company_id.display_name,
            "team": team.display_name,
            "own": lead.team_id.display_name,
        }
        if lead.team_id:
            return self.env._(
                "It belongs to %(company)s and “%(team)s” to another company, so its"
                " sales team is “%(own)s”.",
                **values,
            )
        return self.env._(
            "It belongs to %(company)s and “%(team)s” to another company, so it has no"
            " sales team.",
            **values,
        )

    def action_apply(self):
        if self._get_target() == "account":
            self._action_convert()
            action = self._notify_converted()
        else:
            action = super().action_apply()
            if self.report and self.env.context.get(WITH_NOTICE):
                action = self._notify_converted()
        report = self.report or {}
        if not (report.get("failures") or report.get("teams")):
            return action
        return self._get_records_action(
            name=self.env._("Leads converted"), target="new", context={}
        )

    def _notify_converted(self):
        if not self.report:
            raise UserError(
                self.env._("None of these leads can be converted: see the plan.")
            )
        entries = self.env["crm.lead.conversion"].browse(self.report["conversions"])
        buttons = [
            {
                "name": self.env._("Open the conversions"),
                "action": {
                    **self.env["ir.actions.act_window"]._for_xml_id(
                        "lead_management.crm_lead_conversion_action"
                    ),
                    "domain": [("id", "in", entries.ids)],
                },
            },
        ]
        if all(entry.can_undo for entry in entries):
            buttons.append(entries._get_undo_button())
        return get_notice(
            self.env._(
                "Leads converted: %(leads)s. New accounts: %(accounts)s. New"
                " contacts: %(contacts)s.",
                leads=self.report["converted"],
                accounts=self.report["accounts"],
                contacts=self.report["contacts"],
            ),
            buttons,
        )
