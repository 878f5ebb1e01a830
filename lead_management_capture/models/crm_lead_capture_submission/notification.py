import textwrap
from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.lead_management.models.in_parts import do_in_parts, do_or_log

from ...tools import capture_fields, mail_address, stranger_text

# What visitors type freely
SHORT_FIELDS = (
    "contact_name",
    *(
        field.lead_field
        for field in capture_fields.FIELDS.values()
        if field.kind in ("text", "multiline", "url", "twitter")
    ),
)

SHOWN_LEADS = 20
SHOWN_LETTERS = 300  # of an error


def _shorten(error):
    return textwrap.shorten(str(error), SHOWN_LETTERS) or type(error).__name__


@contextmanager
def _short_texts(leads):
    """Let what visitors typed look short and without links, for as long as a letter to
    them is written: whoever gets it need not be who typed it."""
    leads.env.flush_all()
    leads.invalidate_recordset()
    for lead in leads:
        for name in SHORT_FIELDS:
            if text := lead[name]:
                field = lead._fields[name]
                if field.type == "html":
                    text = Markup("<p>%s</p>") % stranger_text.quote(
                        html2plaintext(text), stranger_text.TEXT_LENGTH
                    )
                else:
                    text = stranger_text.quote(text)
                field._update_cache(lead, field.convert_to_cache(text, lead, False))
    try:
        yield
    finally:
        leads.invalidate_recordset()


class CrmLeadCaptureSubmission(models.Model):
    """Who is told what. All of it goes to the mail queue, one message for a batch."""

    _inherit = "crm.lead.capture.submission"

    def _send_auto_response(self):
        """Put the automatic answer into the mail queue, for submissions of one form.

        Nobody can flood mailboxes through the form: one person gets it once a day,
        whatever is added to the address, and the form sends no more of them an hour
        than it says. Who gets none is not told; the form tells its owner.

        A template that can't be written with a lead holds up neither it nor the others.
        """
        form = self.form_id
        if not (template := form.auto_response_template_id):
            return
        answered, room = self._count_answers(form)
        tried = self.browse()
        failures, left = {}, self.filtered("lead_id.email_normalized").sorted("id")
        while left and room > 0:
            by_mailbox = {}
            for submission in left:
                mailbox = mail_address.mailbox(submission.lead_id.email_normalized)
                if mailbox not in answered:
                    by_mailbox.setdefault(mailbox, submission)
            batch = self.browse().union(*by_mailbox.values())[:room]
            if not batch:
                break
            failed = do_in_parts(batch, lambda part: part._queue_answer(template))
            failures |= failed
            tried |= batch
            sent = batch - self.browse().union(*failed)
            sent.answered_date = fields.Datetime.now()
            answered |= {
                mail_address.mailbox(one.lead_id.email_normalized) for one in sent
            }
            room -= len(sent)
            left -= batch
        error = next(map(_shorten, failures.values()), False)
        if tried and form.answer_error != error:
            form.answer_error = error
        if error and form._is_first_today("answer_notice_date"):
            self._notify_answer_failed(form, template, error)

    def _queue_answer(self, template):
        with _short_texts(self.lead_id):
            template.send_mail_batch(self.lead_id.ids, force_send=False)

    @api.model
    def _count_answers(self, form):
        """Return which mailboxes got the answer within a day, and how many more may
        get it within this hour."""
        now = fields.Datetime.now()
        day = [
            ("form_id", "=", form.id),
            ("answered_date", ">=", fields.Datetime.subtract(now, days=1)),
        ]
        answered = self._read_group(day, ["email_normalized"])
        room = len(self) if not form.answer_limit else form._get_answer_room()
        return {mail_address.mailbox(email) for (email,) in answered if email}, room

    @api.model
    def _notify_about_leads(self, leads, form):
        """Tell who wants to know of each lead of the form, and its owner of those that
        are the owner's now."""
        users = form.notify_user_ids.filtered("active")
        self._notify_of(leads, form, users)
        self._notify_of(
            leads.filtered(lambda lead: lead.user_id == form.user_id),
            form,
            form.user_id - users,
        )

    @api.model
    def _notify_of(self, leads, form, users):
        if not leads:
            return
        item = Markup('<li><a href="/odoo/crm.lead/%s">%s</a></li>')
        items = Markup("").join(
            item % (lead.id, lead.name) for lead in leads[:SHOWN_LEADS]
        )

        def get_body(env):
            more = Markup("")
            if len(leads) > SHOWN_LEADS:
                more = Markup("<li>%s</li>") % env._(
                    "and %s more", len(leads) - SHOWN_LEADS
                )
            return Markup("<ul>%s</ul>") % (items + more)

        form._notify_in_their_language(
            users,
            lambda env: env._(
                "%(number)s new from the form “%(form)s”",
                number=len(leads),
                form=form.name,
            ),
            get_body,
        )

    @api.model
    def _send_limit_notices(self):
        """Tell who is responsible for forms that have reached their limit, once a
        day."""
        do_or_log(self._get_waiting_forms(), self._send_limit_notices_of)

    @api.model
    def _send_limit_notices_of(self, forms):
        waiting = self._read_group(
            [("state", "=", "waiting"), ("form_id", "in", forms.ids)],
            ["form_id"],
            ["__count"],
        )
        ceiling = self._get_ceiling()
        for form, count in waiting:
            if form._is_first_today("limit_notice_date"):
                self._notify_limit(form, count)
            if count >= ceiling and form._is_first_today("ceiling_notice_date"):
                self._notify_ceiling(form, count)

    @api.model
    def _notify_answer_failed(self, form, template, error):
        form._notify_in_their_language(
            form._get_responsible_users(),
            lambda env: env._(
                "The form “%s” can't send its automatic answer", form.name
            ),
            lambda env: (
                Markup("<p>%s</p>")
                % env._(
                    "The leads are there, but their visitors got no answer, as the"
                    " email template “%(template)s” can't be used with them: %(error)s"
                    " Fix the template, or choose another one in the form.",
                    template=template.name,
                    error=error,
                )
            ),
        )

    @api.model
    def _notify_limit(self, form, count):
        form._notify_in_their_language(
            form._get_responsible_users(),
            lambda env: env._("The form “%s” has reached its daily limit", form.name),
            lambda env: (
                Markup("<p>%s</p>")
                % env._(
                    "Its daily limit is reached (%(limit)s). More submissions wait"
                    " (%(count)s) and become leads as soon as a new day begins, before"
                    " those of that day. Raise the daily limit in the form's settings"
                    " to have them now.",
                    limit=form.daily_limit,
                    count=count,
                )
            ),
        )

    @api.model
    def _notify_ceiling(self, form, count):
        form._notify_in_their_language(
            form._get_responsible_users() | self._get_admins(form),
            lambda env: env._("The form “%s” takes no more", form.name),
            lambda env: (
                Markup("<p>%s</p>")
                % env._(
                    "The limit of waiting submissions is reached (%s). Visitors are"
                    " told that the form is full. Raise its daily limit, or delete"
                    " what is not wanted.",
                    count,
                )
            ),
        )

    @api.model
    def _get_admins(self, form):
        """Return the administrators of the company."""
        return self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active and form.company_id in user.company_ids
        )


class CrmLeadCaptureForm(models.Model):
    _inherit = "crm.lead.capture.form"

    limit_notice_date = fields.Date(copy=False)
    ceiling_notice_date = fields.Date(copy=False)
    answer_notice_date = fields.Date(copy=False)

    def _is_first_today(self, field_name):
        """Tell whether a notice was not sent on this day yet, and note that it is."""
        today = self.env["crm.lead.capture.submission"]._get_today(self)
        if self[field_name] == today:
            return False
        self[field_name] = today
        return True

    def _get_responsible_users(self):
        """Return who is told that something is wrong with the form."""
        self.ensure_one()
        users = self.notify_user_ids | self.user_id | self.create_uid
        return users.filtered(lambda user: user.active and not user.share)
