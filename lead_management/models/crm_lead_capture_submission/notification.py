from markupsafe import Markup

from odoo import api, fields, models

SHOWN_LEADS = 20


class CrmLeadCaptureSubmission(models.Model):
    """Who is told what. All of it goes to the mail queue, one message for a batch."""

    _inherit = "crm.lead.capture.submission"

    @api.model
    def _notify_about_leads(self, leads, form):
        """Tell who wants to know of each lead of the form."""
        users = form.notify_user_ids.filtered("active")
        if not users:
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
            today = self._get_today(form)
            if form.limit_notice_date != today:
                form.limit_notice_date = today
                self._notify_limit(form, count)
            if count >= ceiling and form.ceiling_notice_date != today:
                form.ceiling_notice_date = today
                self._notify_ceiling(form, count)

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
            form._get_responsible_users() | self.env.ref("base.user_admin"),
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
    def _notify_form_users(self, form, users, subject, body):
        if users:
            form.with_context(mail_notify_force_send=False).message_notify(
                partner_ids=users.partner_id.ids, subject=subject, body=body
            )


class CrmLeadCaptureForm(models.Model):
    _inherit = "crm.lead.capture.form"

    limit_notice_date = fields.Date(copy=False)
    ceiling_notice_date = fields.Date(copy=False)

    def _get_responsible_users(self):
        """Return who is told that something is wrong with the form."""
        self.ensure_one()
        users = self.notify_user_ids | self.user_id | self.create_uid
        return users.filtered(lambda user: user.active and not user.share)
