import textwrap
from contextlib import contextmanager

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import html2plaintext

from odoo.addons.lead_management.models.in_parts import do_in_parts

from ...tools import capture_fields, mail_address, stranger_text

# What visitors type freely
SHORT_FIELDS = (
    "contact_name",
    *(
        field.lead_field
        for field in capture_fields.FIELDS.values()
        if field.lead_field and field.kind in ("text", "multiline", "url", "twitter")
    ),
)

SHOWN_LEADS = 20
SHOWN_LETTERS = 300  # of an error


def _shorten(error):
    return textwrap.shorten(str(error), SHOWN_LETTERS) or type(error).__name__


@contextmanager
def _short_texts(leads, said=None):
    """Let what visitors typed look short and without links, for as long as a letter to
    them is written: whoever gets it need not be who typed it.

    :param dict said: values by lead: of these, long texts are as they are there
    """
    leads.env.flush_all()
    leads.invalidate_recordset()
    names = {*SHORT_FIELDS, *leads.capture_form_id._get_own_text_fields()}
    for lead in leads:
        for name in names:
            field, text = lead._fields[name], lead[name]
            if lead in (said or {}) and field.type in ("html", "text"):
                # The rest of it is for colleagues.
                text = said[lead].get(name)
                field._update_cache(lead, field.convert_to_cache(False, lead))
            if text:
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

    def _send_auto_response(self, said=None):
        """Put the automatic answer into the mail queue, for submissions of one form.

        :param dict said: the values of what was added to leads, by submission

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
            failed = do_in_parts(
                batch, lambda part: part._queue_answer(template, said or {})
            )
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
            form._notify_answer_failed(error)

    def _queue_answer(self, template, said):
        of_leads = {one.lead_id: said[one] for one in self if one in said}
        with _short_texts(self.lead_id, of_leads):
            template.send_mail_batch(self.lead_id.ids, force_send=False)

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
