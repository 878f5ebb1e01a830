from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..due_day import get_due_domain, get_today_of
from ..in_parts import do_all
from ..lead_decision_mixin import Decision
from .status import OPEN_CATEGORIES

DEFAULT_RECYCLE_DAYS = 30
BATCH_SIZE = 500


class CrmLead(models.Model):
    """Leads that are laid aside and come back.

    A person who moves a lead to Recycled gives a day and a reason; without a day (by
    drag and drop, import, API) it is some days from now, see Settings. On that day
    `_open_recycled` finds who takes it up; it stays with its owner where nobody else
    does, or goes to `_get_successor` where the owner was archived. Until then it is out
    of the lists of open leads, see `is_laid_aside`. When the person writes back, and no
    machine for them, it is its owner's at once. Whoever gets it has an activity that
    tells the reason, in their language.

    A lead that is lost or converted keeps day and reason, for the time that it is
    restored.
    """

    _inherit = "crm.lead"

    recycle_date = fields.Date(
        "Reopen on",
        copy=False,
        tracking=True,
        help="On this day the lead is opened again and goes to its queue, else by the"
        " assignment rules",
    )
    # Tracked, as it is taken off when the lead goes on.
    recycle_reason = fields.Char(
        "Recycled Because",
        copy=False,
        tracking=True,
        help="Shown to whoever picks the lead up again",
    )

    is_laid_aside = fields.Boolean(
        compute="_compute_is_laid_aside",
        search="_search_is_laid_aside",
        help="Recycled, and not due yet",
    )

    @api.depends("status_id", "recycle_date")
    def _compute_is_laid_aside(self):
        for lead in self:
            is_recycled = lead.status_id.category == "recycled"
            lead.is_laid_aside = is_recycled and lead._has_day_to_come()

    def _search_is_laid_aside(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("status_id.category", "=", "recycled") & Domain(
            "recycle_date", ">", fields.Date.context_today(self)
        )
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    def _get_default_recycle_days(self):
        return self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.recycle_days", DEFAULT_RECYCLE_DAYS
        )

    def _get_default_recycle_date(self):
        days = timedelta(days=self._get_default_recycle_days())
        return fields.Date.context_today(self) + days

    def _take_default_day(self):
        """Give recycled leads the day of the settings, on which they come back."""
        if self:
            self.write({"recycle_date": self._get_default_recycle_date()})
            self._note_default_day()

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        undated = leads.filtered(
            lambda lead: lead.status_id.category == "recycled" and not lead.recycle_date
        )
        undated.sudo()._take_default_day()
        return leads

    def action_set_status(self, status_id):
        status = self.env["crm.lead.status"]._get_chosen(status_id)
        if status.category != "recycled" or all(
            lead.status_id == status or lead._has_day_to_come() for lead in self
        ):
            return super().action_set_status(status_id)
        self._check_status_transition(status)
        return self.env["crm.lead.recycle"]._get_records_action(
            name=status.name,
            target="new",
            context={
                "dialog_size": "medium",
                "default_lead_ids": self.ids,
                "default_status_id": status.id,
            },
        )

    def _write_status_of_person(self, vals):
        status = self.env["crm.lead.status"].browse(vals.get("status_id") or ())
        if status.category == "recycled" and not vals.get("recycle_date"):
            # Of leads that were recycled before, the old day may be past.
            undated = self.filtered(
                lambda lead: lead.status_id != status and not lead._has_day_to_come()
            )
            result = super()._write_status_of_person(vals)
            undated.sudo()._take_default_day()
            return result
        return super()._write_status_of_person(vals)

    def _has_day_to_come(self):
        day = self.recycle_date
        return bool(day) and day > fields.Date.context_today(self)

    def _write_status(self, status, because=None):
        super()._write_status(status, because)
        if status.category == "recycled":
            undated = self.filtered(lambda lead: not lead.recycle_date)
            undated._take_default_day()
            return
        if status.category not in OPEN_CATEGORIES:
            return
        dated = self.filtered(lambda lead: lead.recycle_date or lead.recycle_reason)
        if dated:
            dated.write({"recycle_date": False, "recycle_reason": False})

    def _get_recycled_due_domain(self):
        """Return which leads are to be taken up again, as it is their day where their
        owner lives."""
        return get_due_domain("recycle_date", "user_id") & Domain(
            [("status_id.category", "=", "recycled"), ("type", "=", "lead")]
        )

    def _cron_reopen_recycled(self):
        """Open the recycled leads whose day has come."""
        domain = self._get_recycled_due_domain()
        do_all(self, domain, methodcaller("_reopen_recycled"), BATCH_SIZE)

    def _reopen_recycled(self, get_summary=None, to_owner=False):
        """Open recycled leads for whoever is to take them up again.

        :param get_summary: see `_plan_activities`
        :param bool to_owner: leave leads with their owner, if they have one
        """
        reasons = {lead: lead.recycle_reason for lead in self}
        self._open_recycled(
            self.filtered(lambda lead: not (to_owner and lead._has_owner()))
        )
        self._replace_gone_owners()
        todo = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        self._plan_activities(
            todo,
            get_summary or (lambda leads: leads.env._("Reopen")),
            lambda lead: lead.user_id,
            reasons,
        )

    def _open_recycled(self, free):
        """Give recycled leads an open status, and those that are free to whoever is to
        take them up: here, that is who owns them.

        :param free: those of the leads that need not stay with their owner
        """
        statuses = self.env["crm.lead.status"]
        for owned, leads in self.grouped(lambda lead: bool(lead.user_id)).items():
            leads._write_status(
                statuses._get_of_category("assigned" if owned else "new"),
                Decision("reopened"),
            )

    def _plan_activities(self, activity_type, summary, get_user, notes=None):
        """Plan an activity of today on each lead, without an e-mail for each.

        :param summary: what the activities say, or what returns it for some leads in
            the language of their environment: that of whose activities they are
        :param get_user: returns whose activity a lead's is; it may be nobody's, then
            it is that of who claims the lead
        """
        model_id = self.env["ir.model"]._get_id(self._name)
        users = {lead: get_user(lead) for lead in self}
        company_lang = self.env.company.partner_id.lang
        by_lang = self.grouped(
            lambda lead: users[lead].lang or company_lang or self.env.lang
        )
        summaries = {
            lang: summary(leads.with_context(lang=lang))
            if callable(summary)
            else summary
            for lang, leads in by_lang.items()
        }
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": lead.id,
                    "activity_type_id": activity_type.id if activity_type else False,
                    "summary": summaries[lang],
                    "note": (notes or {}).get(lead) or False,
                    "user_id": users[lead].id,
                    "date_deadline": get_today_of(users[lead]),
                }
                for lang, leads in by_lang.items()
                for lead in leads
            ]
        )

    def message_update(self, msg_dict, update_vals=None):
        result = super().message_update(msg_dict, update_vals)
        recycled = self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.status_category == "recycled"
        )
        if recycled and self._is_written_by_person(msg_dict):
            recycled._reopen_recycled(
                lambda leads: leads.env._("Has replied"), to_owner=True
            )
        return result

    def _is_written_by_person(self, msg_dict):
        """Tell whether an e-mail that came in is of somebody outside, who wrote it.

        :param dict msg_dict: the e-mail as `message_update` gets it
        """
        if self.env.context.get("lead_automatic_mail"):
            return False
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or ())
        if author and not author.partner_share:
            return False
        # Of two contacts with one address, the author may be the one without a user.
        email = email_normalize(msg_dict.get("email_from"))
        colleagues = self.env["res.users"].sudo()
        return not email or not colleagues.search_count(
            [("share", "=", False), ("email_normalized", "=", email)], limit=1
        )
