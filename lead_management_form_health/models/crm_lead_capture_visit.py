import datetime

from odoo import api, fields, models
from odoo.tools import SQL

# By what pages tell
COUNTERS = {"view": "opened_count", "start": "started_count", "leave": "left_count"}
MAX_COUNT = 1_000_000  # of a day; nobody has so many visitors
PURGE_BATCH = 1_000


class CrmLeadCaptureVisit(models.Model):
    """How many visitors a form had on a day, and at which field they gave up.

    One row a form, day and field, and one for the form as a whole (`name` is empty).
    Names are those of the form's inputs, so that whatever is sent, there are no more
    rows than fields. Nothing is kept of a visitor.
    """

    _name = "crm.lead.capture.visit"
    _description = "Visitors of a Web Form"
    _order = "date DESC, form_id, id"
    _rec_name = "form_id"

    form_id = fields.Many2one(
        "crm.lead.capture.form",
        "Web Form",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="form_id.company_id")
    date = fields.Date("Day", required=True, readonly=True)
    name = fields.Char(
        "Input Name",
        readonly=True,
        help="Of the field at which visitors gave up; empty for the form as a whole",
    )
    label = fields.Char("Field", compute="_compute_label")
    opened_count = fields.Integer(
        "Visitors", readonly=True, help="How often the page was opened"
    )
    started_count = fields.Integer(
        "Started", readonly=True, help="How many typed something"
    )
    left_count = fields.Integer(
        "Gave Up",
        readonly=True,
        help="How many typed something and left without sending; the field is the last"
        " one that they changed",
    )

    _once_uniq = models.UniqueIndex("(form_id, date, COALESCE(name, ''))")

    @api.depends("name", "form_id")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = {form: form._get_input_labels() for form in self.form_id}
        for visit in self:
            known = labels.get(visit.form_id, {})
            visit.label = known.get(visit.name, visit.name)

    def _count(self, open_form, event, name):
        """Count what the page of a form tells. What no page of it would tell isn't
        counted.

        :param str event: one of `COUNTERS`
        :param str name: of the input where the visitor left
        """
        form = self.env["crm.lead.capture.form"].sudo().browse(open_form.form_id)
        counter = COUNTERS.get(event)
        inputs = {field.key for field, _ in open_form.questions}
        is_leave = event == "leave"
        if not counter or not form.count_visitors or (is_leave and name not in inputs):
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s AS visit (form_id, date, name, %(counter)s)
                     VALUES (%(form)s, %(date)s, %(name)s, 1)
                ON CONFLICT (form_id, date, COALESCE(name, '')) DO UPDATE
                        SET %(counter)s = COALESCE(visit.%(counter)s, 0) + 1
                      WHERE COALESCE(visit.%(counter)s, 0) < %(most)s
                """,
                table=SQL.identifier(self._table),
                counter=SQL.identifier(counter),
                form=form.id,
                date=form._get_today(),
                name=name if is_leave else None,
                most=MAX_COUNT,
            ),
            # Two at once: the request is tried again.
            log_exceptions=False,
        )

    @api.autovacuum
    def _gc_visits(self):
        """Delete what is older than submissions are kept; return how many were deleted,
        and whether there may be more."""
        days = self.env["crm.lead.capture.submission"]._get_kept_days()
        if not days:
            return 0, False
        oldest = fields.Date.today() - datetime.timedelta(days)
        old = self.search([("date", "<", oldest)], limit=PURGE_BATCH, order="date")
        old.unlink()
        return len(old), len(old) == PURGE_BATCH
