import datetime

from odoo import api, fields, models


class CrmLeadCaptureForm(models.Model):
    """What became of what was sent with a form, as far back as it is kept."""

    _inherit = "crm.lead.capture.form"

    submission_count = fields.Integer(
        "Received", compute="_compute_submission_counts", help="Submissions received"
    )
    lead_count = fields.Integer("Leads", compute="_compute_submission_counts")
    waiting_count = fields.Integer(
        "Waiting",
        compute="_compute_submission_counts",
        help="About to become leads, or waiting until the daily limit renews",
    )
    quarantine_count = fields.Integer(
        "Quarantined", compute="_compute_submission_counts"
    )
    failed_count = fields.Integer("Failed", compute="_compute_submission_counts")
    last_submission_date = fields.Datetime(
        "Last Received", compute="_compute_submission_counts"
    )
    is_silent = fields.Boolean(
        compute="_compute_is_silent",
        help="No submissions for longer than is normal for the form",
    )
    conversion_rate = fields.Float(
        compute="_compute_conversion_rate",
        help="Share of its leads that have become an opportunity or an account",
    )

    def _compute_submission_counts(self):
        # Salespeople see the numbers, not what was sent.
        submissions = self.env["crm.lead.capture.submission"].sudo()
        counts, last = {}, {}
        for form, state, count, date in submissions._read_group(
            [("form_id", "in", self.ids)],
            ["form_id", "state"],
            ["__count", "create_date:max"],
        ):
            counts[form.id, state] = count
            last[form.id] = max(date, last.get(form.id, date))
        states = [value for value, _label in submissions._fields["state"].selection]
        for form in self:
            by_state = {state: counts.get((form.id, state), 0) for state in states}
            form.submission_count = sum(by_state.values())
            form.lead_count = by_state["lead"]
            form.waiting_count = by_state["waiting"] + by_state["new"]
            form.quarantine_count = by_state["quarantine"]
            form.failed_count = by_state["failed"]
            form.last_submission_date = last.get(form.id, False)

    @api.depends("last_submission_date", "silence_days", "active")
    def _compute_is_silent(self):
        now = fields.Datetime.now()
        for form in self:
            since = form.last_submission_date or form.create_date or now
            form.is_silent = bool(
                form.active
                and form.silence_days
                and since < now - datetime.timedelta(days=form.silence_days)
            )

    def _compute_conversion_rate(self):
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        domain = [("capture_form_id", "in", self.ids)]
        total = dict(leads._read_group(domain, ["capture_form_id"], ["__count"]))
        converted = dict(
            leads._read_group(
                [*domain, ("status_id.category", "=", "converted")],
                ["capture_form_id"],
                ["__count"],
            )
        )
        for form in self:
            form.conversion_rate = (
                converted.get(form, 0) / total[form] if total.get(form) else 0
            )

    def action_open_submissions(self):
        """Open what was sent with the form; the part that a button stands for, by the
        context's `state_filter`."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_capture.crm_lead_capture_submission_action"
        )
        action["domain"] = [("form_id", "=", self.id)]
        state_filter = self.env.context.get("state_filter")
        action["context"] = (
            {f"search_default_{state_filter}": 1} if state_filter else {}
        )
        return action

    def action_open_graph(self):
        """Open what was sent with the form, by day and outcome."""
        action = self.action_open_submissions()
        views = ("graph", "list", "kanban", "pivot", "form")
        action["views"] = [(False, view) for view in views]
        action["view_mode"] = ",".join(views)
        return action
