from collections import Counter

from odoo import fields, models

UNKNOWN_DAYS = 7
UNKNOWN_SAMPLE = 1_000  # submissions looked at
SHOWN = 10


class CrmLeadCaptureForm(models.Model):
    """What is wrong with a form or its surroundings, said where it can be mended.

    None of it stops the form: leads are made with what is left, and other forms' leads
    know nothing of it.
    """

    _inherit = "crm.lead.capture.form"

    answer_error = fields.Text(
        readonly=True, copy=False, help="Why the automatic answer could not be written"
    )
    problems = fields.Text(
        compute="_compute_problems", help="What is wrong, and what to do about it"
    )

    def _compute_problems(self):
        for form in self:
            # Of what is saved, not of what is being typed
            saved = form._origin
            problems = saved._get_problems() if saved.active else ()
            form.problems = "\n".join(problems)

    def _get_problems(self):
        """Return a sentence for each thing that is wrong with the form."""
        # Names of archived and other companies' records are those of the form's own
        # settings, which whoever reads the form sees anyway.
        form = self.sudo().with_context(active_test=False)
        return [
            *form._get_company_problems(),
            *form._get_assignment_problems(),
            *form._get_answer_problems(),
            *form._get_quarantine_problems(),
            *form._get_field_problems(),
            *form._get_unknown_problems(),
        ]

    def _get_company_problems(self):
        company = self.company_id
        if not company.active:
            yield self.env._(
                "The company %(company)s is archived. Leads are still created for"
                " it: close the form, or choose another company.",
                company=company.name,
            )
        timezone = company.partner_id.tz
        if timezone and not self._get_timezone(timezone):
            yield self.env._(
                "This server doesn't know the time zone “%(timezone)s” of"
                " %(company)s, so the day of the daily limit begins at another time."
                " Choose another time zone in the company's contact.",
                timezone=timezone,
                company=company.name,
            )

    def _get_assignment_problems(self):
        company = self.company_id
        user = self.user_id
        if user and not (user.active and company in user.company_ids):
            yield self.env._(
                "The owner, %(user)s, is archived or doesn't work for %(company)s, and"
                " gets no leads. Choose somebody else.",
                user=user.name,
                company=company.name,
            )
        for name in ("queue_id", "team_id"):
            record = self[name]
            if record and not (
                record.active and record.company_id in (company, company[:0])
            ):
                yield self.env._(
                    "%(field)s “%(name)s” is archived or belongs to another company,"
                    " and gets no leads. Choose another one.",
                    field=self._fields[name]._description_string(self.env),
                    name=record.name,
                )

    def _get_answer_problems(self):
        template = self.auto_response_template_id
        if not template:
            return
        if self.answer_error:
            yield self.env._(
                "The automatic answer “%(template)s” could not be written: %(error)s"
                " Fix the template, or choose another one.",
                template=template.name,
                error=self.answer_error,
            )
        if self.answer_limit and not self._get_answer_room():
            yield self.env._(
                "The limit of automatic answers per hour has been reached"
                " (%(count)s). Other visitors get none until the hour is over.",
                count=self.answer_limit,
            )

    def _get_answer_room(self):
        """Return how many automatic answers may still be sent within this hour."""
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        count = self.env["crm.lead.capture.submission"].search_count(
            [("form_id", "=", self.id), ("answered_date", ">=", since)],
            limit=self.answer_limit,
        )
        return max(self.answer_limit - count, 0)

    def _get_quarantine_problems(self):
        ceiling = self.env["crm.lead.capture.submission"]._get_quarantine_ceiling()
        if self.quarantine_count >= ceiling:
            yield self.env._(
                "The quarantine is full (%(count)s): each new submission in it"
                " removes the oldest. Release what isn't spam, and delete the rest.",
                count=ceiling,
            )

    def _get_field_problems(self):
        for line in self.field_ids:
            if not line._get_safe_field():
                yield self.env._(
                    "The lead has no field “%(field)s” any more, or forms may not ask"
                    " for it. Visitors aren't asked for it: remove the line.",
                    field=line.display_name,
                )

    def _get_unknown_problems(self):
        """Tell of inputs that the form doesn't have and that came of late: somebody has
        renamed them on a page. What robots send isn't worth a word."""
        submissions = self.env["crm.lead.capture.submission"].search_fetch(
            [
                ("form_id", "=", self.id),
                ("unknown", "!=", False),
                ("state", "!=", "quarantine"),
                (
                    "create_date",
                    ">",
                    fields.Datetime.subtract(fields.Datetime.now(), days=UNKNOWN_DAYS),
                ),
            ],
            ["unknown"],
            order="create_date DESC",
            limit=UNKNOWN_SAMPLE,
        )
        names = self._get_lines()
        counts = Counter(
            name
            for submission in submissions
            for name in submission.unknown
            if name not in names
        )
        if counts:
            yield self.env._(
                "Unknown inputs arrive: %(names)s. What is typed into them is left out."
                " Rename them on your page as the form's HTML has them, or add the"
                " fields to the form.",
                names=", ".join(
                    f"{name} ({count})" for name, count in counts.most_common(SHOWN)
                ),
            )
