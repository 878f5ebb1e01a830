from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Command


class CrmLeadAssignmentRuleEntry(models.Model):
    """The e-mail of an entry to the new owner, and who is told when it fails."""

    _inherit = "crm.lead.assignment.rule.entry"

    mail_notice_date = fields.Date(copy=False)

    def _send_mails(self, user, lead_ids):
        """Put the e-mails about leads to their new owner into the mail queue.

        A template that can't be used with these leads doesn't hold them up.
        """
        template = self.sudo().template_id
        error = template._try_to_queue(
            lead_ids,
            email_values={
                "recipient_ids": [Command.set(user.partner_id.ids)],
                "email_to": False,
                "email_cc": False,
            },
        )
        if error:
            self.sudo()._notify_mail_failed(error)

    def _notify_mail_failed(self, error):
        """Tell who is responsible for the entry, once a day."""
        # Not of whoever runs the rules: their days begin at different times.
        today = fields.Date.today()
        users = self._get_responsible_users()
        if not users or self.mail_notice_date == today:
            return
        self.mail_notice_date = today
        self.env["mail.thread"]._notify_in_their_language(
            users,
            lambda env: env._("The entry “%s” can't send its email", self.name),
            lambda env: (
                Markup("<p>%s</p>")
                % env._(
                    "The leads are assigned, but their new owners got no email, as the"
                    " email template “%(template)s” can't be used with them: %(error)s"
                    " Fix the template, or choose another one in the assignment rule"
                    " “%(rule)s”.",
                    template=self.template_id.name,
                    error=error,
                    rule=self.rule_id.name,
                )
            ),
        )

    def _get_responsible_users(self):
        """Return who made the entry or its rule; else the company's sales managers."""
        makers = (self.create_uid | self.rule_id.create_uid).filtered(
            lambda user: user.active and not user.share
        )
        if makers:
            return makers
        company = self.company_id
        return self.env.ref("sales_team.group_sale_manager").all_user_ids.filtered(
            lambda user: user.active and (not company or company in user.company_ids)
        )
