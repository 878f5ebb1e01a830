from markupsafe import Markup

from odoo import models

from .conversion_plan import CUSTOMER_FIELDS, IS_PLANNED


class CrmLead(models.Model):
    """Leads that native makes opportunities, and opportunities that are leads again:
    the ledger knows of both."""

    _inherit = "crm.lead"

    def write(self, vals):
        is_undated = not vals.get("date_conversion", True)
        if is_undated and not self._may_write_system_fields():
            self._check_not_closed()  # by the date one knows that it is
        if vals.get("type") == "lead":
            self._end_conversions()
        is_planned = self.env.context.get("lead_conversion") is IS_PLANNED
        if vals.get("type") != "opportunity" or is_planned:
            return super().write(vals)
        snapshots = {
            lead: lead._get_conversion_snapshot()
            for lead in self
            if lead.type == "lead"
        }
        result = super().write(vals)
        undated = self.filtered(
            lambda lead: lead in snapshots and not lead.date_conversion
        )
        if undated:  # by a written type, which is not all that native's buttons write
            undated.write({"date_conversion": self.env.cr.now()})
        self.env["crm.lead.conversion"]._record_native(snapshots)
        self._log_replaced_values(snapshots)
        return result

    def _end_conversions(self):
        """Note in the ledger that opportunities are about to be the leads again that
        they were, whoever makes them so. What they were converted to stays."""
        opportunities = self.sudo().filtered(lambda lead: lead.type == "opportunity")
        conversions = opportunities._get_open_conversions()
        if opportunities:
            # Whatever was converted into them is not how they came about any more.
            self.invalidate_model(conversions._get_lead_fields())
        if not conversions:
            return
        conversions._end()
        conversions.lead_id.write({"date_conversion": False})
        conversions.lead_id._message_log_batch(
            bodies=dict.fromkeys(conversions.lead_id.ids, conversions._get_end_text())
        )

    def _log_replaced_values(self, snapshots):
        """Note what leads said before that what their customer says has replaced."""
        if not snapshots:
            return
        names = (*CUSTOMER_FIELDS, "partner_name")
        labels = self.fields_get(names, ["string"])
        bodies = {}
        for lead, before in snapshots.items():
            now = lead._get_conversion_snapshot()
            lines = [
                f"{label['string']}: {self._get_snapshot_text(name, before[name])}"
                for name, label in labels.items()
                if before[name] and before[name] != now[name]
            ]
            if lines:
                bodies[lead.id] = Markup("<br/>").join(
                    [self.env._("Replaced by what the contact has:"), *lines]
                )
        if bodies:
            self.browse(bodies)._message_log_batch(bodies=bodies)

    def _get_snapshot_text(self, name, value):
        field = self._fields[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name
        return value

    def _pls_get_naive_bayes_probabilities(self, batch_mode=False, is_tooltip=False):
        """Find leads that are converted together as likely to be won as each by itself.

        Native computes many at once. Where a team has won or lost none yet, it leaves
        the first lead of the team alone, as it does one by one, and gives a number to
        those that come after it.
        """
        result = super()._pls_get_naive_bayes_probabilities(batch_mode, is_tooltip)
        is_planned = self.env.context.get("lead_conversion") is IS_PLANNED
        if not is_planned or batch_mode or len(self) < 2 or not result:
            return result
        found, _tooltip = result
        if found.keys() >= set(self.ids):
            return result
        for leads in self.grouped("team_id").values():
            # Of the others, the stage says it.
            counted = leads.filtered(
                lambda lead: lead.stage_id and not lead.stage_id.is_won
            )
            first = super(CrmLead, counted[:1])
            if counted and not first._pls_get_naive_bayes_probabilities()[0]:
                for lead in counted:
                    found.pop(lead.id, None)
        return result
