import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from .due_day import get_due_domain, get_today_of
from .lead_notice import get_notification

_logger = logging.getLogger(__name__)

REPORTS = [("neglected", "Neglected Leads"), ("source", "Leads by Source")]
FREQUENCIES = {
    "daily": relativedelta(days=1),
    "weekly": relativedelta(weeks=1),
    "monthly": relativedelta(months=1),
}


class CrmLeadReportSchedule(models.Model):
    """A lead report that is sent by e-mail, day by day, week by week or month by month.

    * It is made with the rights of its owner, in one company, and says so; so nobody
      but the owner can make or change it. A manager sees all, and can delete them.
    * The scheduled action sends what is due, each once: the e-mail and the next date
      are committed together. After a standstill a report is sent once, not for every
      date that was missed.
    * What can't be sent (the owner has left, the filters are of no use any more) keeps
      its reason, and is tried again at its next date.
    """

    _name = "crm.lead.report.schedule"
    _description = "Scheduled Lead Report"
    _inherit = ["lead.domain.mixin", "lead.guard.mixin"]
    _order = "next_date, id"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    active = fields.Boolean(default=True)
    report = fields.Selection(REPORTS, required=True, default="neglected")
    report_model = fields.Char(compute="_compute_report_model")
    report_domain = fields.Char(
        compute="_compute_report_domain", help="What the report is about, unfiltered"
    )
    domain = fields.Char(
        help="Only these leads, of those that the report is about; empty: all of them"
    )
    frequency = fields.Selection(
        [("daily", "Every day"), ("weekly", "Every week"), ("monthly", "Every month")],
        required=True,
        default="weekly",
    )
    next_date = fields.Date(
        "Next Sent On",
        required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(days=1),
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
        ondelete="cascade",
        help="The report counts the leads that the owner may see",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    recipient_ids = fields.Many2many(
        "res.users",
        "crm_lead_report_schedule_recipient",
        string="Recipients",
        domain=[("share", "=", False)],
        # Who wants to know: the leader of the user's team, else the user
        default=lambda self: self.env.user.sale_team_id.user_id or self.env.user,
    )
    last_sent = fields.Datetime("Last Sent On", readonly=True, copy=False, system=True)
    last_error = fields.Char(
        "Why It Was Not Sent", readonly=True, copy=False, system=True
    )

    @api.depends("report")
    def _compute_name(self):
        titles = dict(self._fields["report"]._description_selection(self.env))
        for schedule in self:
            schedule.name = titles.get(schedule.report)

    @api.depends("report")
    def _compute_report_model(self):
        kinds = self.env["report.lead_management.lead_report"]._get_kinds()
        for schedule in self:
            schedule.report_model = kinds.get(schedule.report, ("crm.lead",))[0]

    @api.depends("report", "company_id")
    def _compute_report_domain(self):
        reports = self.env["report.lead_management.lead_report"]
        for schedule in self:
            companies = [schedule.company_id.id, False]
            domain = reports._get_base_domain(schedule.report)
            schedule.report_domain = str(domain & Domain("company_id", "in", companies))

    @api.constrains("domain", "report")
    def _check_domain(self):
        return super()._check_domain()

    def _get_domain_model(self):
        return self.report_model

    @api.constrains("recipient_ids")
    def _check_recipients(self):
        for schedule in self:
            if not schedule.recipient_ids or any(
                schedule.recipient_ids.mapped("share")
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” is sent to colleagues: choose at least one, and nobody"
                        " from outside.",
                        schedule.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            # Who gives a report to somebody else would see what they see.
            self.check_access("write")
        return result

    # ------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------

    def action_send_now(self):
        """Send the reports at once; their dates stay.

        :raise UserError: one can't be sent; says why
        """
        self.check_access("write")
        for schedule in self:
            schedule.sudo()._send()
        return get_notification(self.env._("The report is on its way."))

    def _cron_send(self):
        """Send every report that is due, once."""
        due = self.search(get_due_domain("next_date", "user_id"))
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for schedule in due:
            # Another worker may be at it, or have been.
            if schedule.try_lock_for_update() and schedule._is_due():
                schedule._send_or_say_why()
            self.env["ir.cron"]._commit_progress(1)

    def _is_due(self):
        self.invalidate_recordset(["next_date", "active"])
        return self.active and self.next_date <= get_today_of(self.user_id)

    def _send_or_say_why(self):
        self.next_date = self._get_next_date()
        try:
            with self.env.cr.savepoint():
                self._send()
        except Exception as error:
            if not isinstance(error, UserError):
                _logger.exception("Lead report %s was not sent", self.id)
            self.last_error = str(error)

    def _get_next_date(self):
        """Return the first date in future at which it is sent again."""
        today = get_today_of(self.user_id)
        step = FREQUENCIES[self.frequency]
        count = 1
        while self.next_date + step * count <= today:
            count += 1
        return self.next_date + step * count

    def _send(self):
        """Queue the e-mail to every recipient, in sudo."""
        self.ensure_one()
        env = self._get_owner_env()
        recipients = self.recipient_ids.filtered("active")
        if not recipients:
            raise UserError(
                self.env._(
                    "“%s” has no recipient who is still active: choose others.",
                    self.name,
                )
            )
        reports = env["report.lead_management.lead_report"]
        _get_values, domain = reports._parse_options(self.report, self._parse_domain())
        leads = self._in_own_language(env[self.report_model])
        found = leads.with_context(active_test=False)._search(domain)
        data = {"kind": self.report, "domain": [("id", "in", found)]}
        values = reports._get_report_values([], data)
        path = {"neglected": "neglected-leads", "source": "leads-by-source"}
        link = f"{self.get_base_url()}/odoo/{path.get(self.report, 'crm')}"
        body = env["ir.qweb"]._render(
            "lead_management.lead_report_mail", {**values, "link": link}
        )
        attachments = self._get_attachments(env, data)
        self.env["mail.mail"].create(
            [
                {
                    "subject": f"{self.name} – {self.company_id.name}",
                    "body_html": body,
                    "email_from": self.user_id.email_formatted,
                    "author_id": self.user_id.partner_id.id,
                    "recipient_ids": [Command.link(recipient.partner_id.id)],
                    "attachment_ids": [Command.create(dict(a)) for a in attachments],
                    "auto_delete": True,
                }
                for recipient in recipients
            ]
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        self.write({"last_sent": fields.Datetime.now(), "last_error": False})

    def _get_owner_env(self):
        """Return the environment in which the report is made: the owner's own."""
        owner = self.user_id
        if (
            not owner.active
            or self.company_id not in owner.company_ids
            or not owner.has_group("sales_team.group_sale_salesman")
        ):
            raise UserError(
                self.env._(
                    "%(user)s has no access to leads of %(company)s any more: let"
                    " somebody else schedule the report.",
                    user=owner.name,
                    company=self.company_id.name,
                )
            )
        context = {
            "allowed_company_ids": self.company_id.ids,
            "lang": owner.lang,
            "tz": owner.tz,
        }
        return self.env(user=owner.id, su=False, context=context)

    def _get_attachments(self, env, data):
        """Return the values of the PDF, or none where no program can make one: the
        e-mail says it all."""
        reports = env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() == "install":
            return []
        content, kind = reports._render_qweb_pdf(
            "lead_management.lead_report", data=data
        )
        if kind != "pdf":
            return []
        return [
            {"name": f"{self.name}.pdf", "raw": content, "mimetype": "application/pdf"}
        ]
