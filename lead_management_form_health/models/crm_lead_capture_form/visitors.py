import datetime

from markupsafe import Markup

from odoo import fields, models

SHOWN_DAYS = 30


class CrmLeadCaptureForm(models.Model):
    """Who comes to the form's page, and where they give up."""

    _inherit = "crm.lead.capture.form"

    count_visitors = fields.Boolean(
        help="Count how often the form's page is opened, how many fill it in, and at"
        " which field the others give up. A small script of the page tells; it sets no"
        " cookie, and nothing is kept of who it was. Forms pasted into other sites are"
        " not counted.",
    )
    visit_ids = fields.One2many("crm.lead.capture.visit", "form_id", readonly=True)
    visitor_count = fields.Integer(
        "Visitors", compute="_compute_visitors", help="Within the last 30 days"
    )
    visitors_html = fields.Html(compute="_compute_visitors")

    def _compute_visitors(self):
        since = fields.Date.today() - datetime.timedelta(SHOWN_DAYS)
        rows = self.env["crm.lead.capture.visit"]._read_group(
            [("form_id", "in", self.ids), ("date", ">", since)],
            ["form_id", "name"],
            ["opened_count:sum", "started_count:sum", "left_count:sum"],
        )
        totals = {form.id: {} for form in self}
        for form, name, *counts in rows:
            totals[form.id][name or ""] = [count or 0 for count in counts]
        for form in self:
            counts = totals[form.id]
            form.visitor_count = counts.get("", [0])[0]
            form.visitors_html = form._render_visitors(counts)

    def _render_visitors(self, counts):
        """Return what became of the visitors as two tables, of the form as a whole and
        of its fields."""
        views, starts, _left = counts.get("", (0, 0, 0))
        left = {name: numbers[2] for name, numbers in counts.items() if numbers[2]}
        if not (views or starts or left):
            return False
        gave_up = sum(left.values())
        labels = self._get_input_labels()
        funnel = [
            (self.env._("Opened the page"), views, views),
            (self.env._("Started to fill it in"), starts, views),
            (self.env._("Gave up"), gave_up, starts),
        ]
        fields_left = [
            (labels.get(name, name), number, starts)
            for name, number in sorted(left.items(), key=lambda item: -item[1])
        ]
        heading = Markup("<h3>%s</h3>")
        parts = [self._render_rates(funnel)]
        if fields_left:
            parts += [
                heading % self.env._("Last field before they gave up"),
                self._render_rates(fields_left),
            ]
        return Markup("").join(parts)

    def _render_rates(self, rows):
        row = Markup(
            '<tr><th class="pe-4">%s</th><td class="text-end">%s</td>'
            '<td class="text-end text-muted">%s</td></tr>'
        )
        return Markup(
            '<table class="table table-sm w-auto"><tbody>%s</tbody></table>'
        ) % Markup("").join(
            row % (label, number, f"{number / whole:.0%}" if whole else "")
            for label, number, whole in rows
        )

    def action_open_visits(self):
        """Open the visitors of the form, by day and field."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_form_health.crm_lead_capture_visit_action"
        )
        action["domain"] = [("form_id", "=", self.id)]
        return action
