from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date


class CrmLead2opportunityPartner(models.TransientModel):
    """Which open leads are like the one to convert besides those that Odoo lists; and
    that the merge of a conversion can be taken apart again, as every merge."""

    _inherit = "crm.lead2opportunity.partner"

    open_lead_text = fields.Html(
        compute="_compute_open_lead_text",
        compute_sudo=False,
        sanitize=False,
        help="Other open leads and opportunities of the same person or company",
    )

    @api.depends("lead_id", "duplicated_lead_ids")
    @api.depends_context("uid", "lang")
    def _compute_open_lead_text(self):
        policy = self.env["crm.lead"]._get_open_lead_policy("convert")
        for wizard in self:
            lead = wizard.lead_id._origin
            told = policy != "off" and lead and lead._find_others_open()
            wizard.open_lead_text = bool(told) and wizard._get_open_lead_text(told)

    def _get_open_lead_text(self, found):
        """Return a line for each open lead that is not listed already, as HTML."""
        listed = set(self.duplicated_lead_ids._origin._ids)
        lines = [
            Markup(
                '<a href="/odoo/crm.lead/%(id)s" target="_blank">%(name)s</a>'
                ' <span class="text-muted">%(about)s</span>'
            )
            % {
                "id": lead["id"],
                "name": lead["display_name"],
                "about": ", ".join(filter(None, [lead["owner"], *lead["reasons"]])),
            }
            for lead in found["leads"]
            if lead["id"] not in listed
        ]
        if found["hidden"]:
            lines.append(self.env._("%s more that you cannot open", found["hidden"]))
        return bool(lines) and Markup("<br/>").join(lines)

    def _get_way_back(self):
        days = self.env["crm.merge"]._get_days()
        if not days:
            return super()._get_way_back()
        return self.env._(
            "Until %(date)s, they can be separated again, in Leads ‣ Tools ‣ Merges.",
            date=format_date(
                self.env, fields.Date.context_today(self) + timedelta(days=days)
            ),
        )
