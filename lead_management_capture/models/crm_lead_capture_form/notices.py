from markupsafe import Markup

from odoo import fields, models


class CrmLeadCaptureForm(models.Model):
    """Who is told, once a day, that something is wrong with the form."""

    _inherit = "crm.lead.capture.form"

    limit_notice_date = fields.Date(copy=False)
    ceiling_notice_date = fields.Date(copy=False)
    answer_notice_date = fields.Date(copy=False)

    def _is_first_today(self, field_name):
        """Tell whether a notice was not sent on this day yet, and note that it is."""
        today = self._get_today()
        if self[field_name] == today:
            return False
        self[field_name] = today
        return True

    def _get_responsible_users(self):
        """Return who is told that something is wrong with the form."""
        self.ensure_one()
        users = self.notify_user_ids | self.user_id | self.create_uid
        return users.filtered(lambda user: user.active and not user.share)

    def _get_admins(self):
        """Return the administrators of the company."""
        return self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )

    def _notify_answer_failed(self, error):
        self._notify_trouble(
            self._get_responsible_users(),
            lambda env: env._(
                "The form “%s” can't send its automatic answer", self.name
            ),
            lambda env: env._(
                "The leads were created, but their visitors got no answer, because"
                " the email template “%(template)s” can't be used for them:"
                " %(error)s Fix the template, or choose another one in the form.",
                template=self.auto_response_template_id.name,
                error=error,
            ),
        )

    def _notify_limit(self, count):
        self._notify_trouble(
            self._get_responsible_users(),
            lambda env: env._("The form “%s” has reached its daily limit", self.name),
            lambda env: env._(
                "It has reached its daily limit (%(limit)s). More submissions are"
                " waiting (%(count)s). They become leads as soon as a new day"
                " begins, before those of that day. To get them now, raise the daily"
                " limit in the form's settings.",
                limit=self.daily_limit,
                count=count,
            ),
        )

    def _notify_ceiling(self, count):
        self._notify_trouble(
            self._get_responsible_users() | self._get_admins(),
            lambda env: env._("The form “%s” takes no more submissions", self.name),
            lambda env: env._(
                "The limit of waiting submissions has been reached (%s). Visitors"
                " are told that the form is full. Raise its daily limit, or delete"
                " submissions you don't want.",
                count,
            ),
        )

    def _notify_trouble(self, users, get_subject, get_text):
        self._notify_in_their_language(
            users, get_subject, lambda env: Markup("<p>%s</p>") % get_text(env)
        )
