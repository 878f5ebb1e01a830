from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import email_normalize

SHOWN_LEADS = 20


class CrmLeadCaptureSubmission(models.Model):
    """Who is told what. All of it goes to the mail queue, one message for a batch."""

    _inherit = "crm.lead.capture.submission"

    def _send_auto_response(self, leads, form):
        """Put the automatic answer into the mail queue; once a day for one address, so
        that nobody can flood somebody else's mailbox through the form.

        A template that can't be written with these leads doesn't hold them up.
        """
        if not (template := form.auto_response_template_id):
            return
        lead_ids = self._find_to_answer(leads, form)
        if not lead_ids:
            return
        error = template._try_to_queue(lead_ids)
        if error and form._is_first_today("answer_notice_date"):
            self._notify_answer_failed(form, template, error)

    def _find_to_answer(self, leads, form):
        """Return the id of one lead for each address that got no answer lately."""
        emails = {}
        for lead in leads:
            if email := email_normalize(lead.email_from or ""):
                emails.setdefault(email, lead.id)
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        answered = self._read_group(
            [
                ("form_id", "=", form.id),
                ("state", "=", "lead"),
                ("email_normalized", "in", list(emails)),
                ("create_date", ">=", since),
                ("id", "not in", self.ids),
            ],
            ["email_normalized"],
        )
        for (email,) in answered:
            emails.pop(email, None)
        return list(emails.values())

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
        if len(leads) > SHOWN_LEADS:
            items += Markup("<li>%s</li>") % self.env._(
                "and %s more", len(leads) - SHOWN_LEADS
            )
        self._notify_form_users(
            form,
            users,
            self.env._(
                "%(number)s new from the form “%(form)s”",
                number=len(leads),
                form=form.name,
            ),
            Markup("<ul>%s</ul>") % items,
        )

    @api.model
    def _send_limit_notices(self):
        """Tell who is responsible for forms that have reached their limit, once a
        day."""
        waiting = self._read_group(
            [("state", "=", "waiting")], ["form_id"], ["__count"]
        )
        ceiling = self._get_ceiling()
        for form, count in waiting:
            if form._is_first_today("limit_notice_date"):
                self._notify_limit(form, count)
            if count >= ceiling and form._is_first_today("ceiling_notice_date"):
                self._notify_ceiling(form, count)

    @api.model
    def _notify_answer_failed(self, form, template, error):
        self._notify_form_users(
            form,
            form._get_responsible_users(),
            self.env._("The form “%s” can't send its automatic answer", form.name),
            Markup("<p>%s</p>")
            % self.env._(
                "The leads are there, but their visitors got no answer, as the email"
                " template “%(template)s” can't be used with them: %(error)s Fix the"
                " template, or choose another one in the form.",
                template=template.name,
                error=error,
            ),
        )

    @api.model
    def _notify_limit(self, form, count):
        self._notify_form_users(
            form,
            form._get_responsible_users(),
            self.env._("The form “%s” has reached its daily limit", form.name),
            Markup("<p>%s</p>")
            % self.env._(
                "It makes %(limit)s leads a day. %(count)s more wait and become leads"
                " as soon as a new day begins, before those of that day. Raise the"
                " daily limit in the form's settings to have them now.",
                limit=form.daily_limit,
                count=count,
            ),
        )

    @api.model
    def _notify_ceiling(self, form, count):
        self._notify_form_users(
            form,
            form._get_responsible_users() | self._get_admins(form),
            self.env._("The form “%s” takes no more", form.name),
            Markup("<p>%s</p>")
            % self.env._(
                "%s submissions wait, which is as many as may. Visitors are told that"
                " the form is full. Raise its daily limit, or delete what is not"
                " wanted.",
                count,
            ),
        )

    @api.model
    def _get_admins(self, form):
        """Return the administrators of the company."""
        return self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active and form.company_id in user.company_ids
        )

    @api.model
    def _notify_form_users(self, form, users, subject, body):
        if users:
            form.with_context(mail_notify_force_send=False).message_notify(
                partner_ids=users.partner_id.ids, subject=subject, body=body
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
