from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.fields import Domain

from ..in_parts import do_all

DEFAULT_NEGLECT_DAYS = 14
DEFAULT_ESCALATION_DAYS = 21
BATCH_SIZE = 500
OPEN_AND_WAITING = ("new", "assigned", "in_process")
NOBODY_TOLD, OWNER_TOLD, LEADER_TOLD = range(3)


class CrmLead(models.Model):
    """Open leads on which nothing has been done or said for days.

    Done or said: somebody changed the lead, wrote or received a message, or did an
    activity; see `date_last_touch`. After the days of Settings the lead is neglected:
    its owner gets an activity, once; after some more the leader of its team gets one.
    Touching the lead makes it start anew. Leads without an owner are nobody's neglect,
    recycled ones wait for their day.
    """

    _inherit = "crm.lead"

    is_neglected = fields.Boolean(
        "Neglected",
        compute="_compute_is_neglected",
        search="_search_is_neglected",
        help="Open, and nothing was done or said for the number of days in the"
        " settings",
    )
    days_untouched = fields.Integer(compute="_compute_is_neglected")
    neglect_level = fields.Integer(
        default=NOBODY_TOLD,
        aggregator=None,
        copy=False,
        readonly=True,
        system=True,
        help="0: nobody was told; 1: its owner; 2: the leader of its team",
    )

    _neglect_idx = models.Index(
        "(date_last_touch)"
        " WHERE active IS TRUE AND type = 'lead' AND user_id IS NOT NULL"
    )

    @api.depends("date_last_touch", "status_id", "user_id", "active", "type")
    def _compute_is_neglected(self):
        days, _escalation = self._get_neglect_days()
        now = fields.Datetime.now()
        for lead in self:
            since = lead.date_last_touch or lead.create_date or now
            lead.days_untouched = (now - since).days
            lead.is_neglected = bool(
                days
                and lead.days_untouched >= days
                and lead.active
                and lead.type == "lead"
                and lead.user_id
                and lead.status_id.category in OPEN_AND_WAITING
            )

    def _search_is_neglected(self, operator, value):
        if operator != "in":
            return NotImplemented
        days, _escalation = self._get_neglect_days()
        domain = self._get_neglected_domain(days) if days else Domain.FALSE
        if True not in value:
            return ~domain
        if days and not self.env.su:
            # Who sees their own leads and those of nobody is asked for their own then,
            # which are looked up instead of all that are neglected.
            domain &= self.env["ir.rule"]._compute_domain(self._name, "read")
        return domain

    def _get_neglect_days(self):
        """Return after how many days a lead is neglected, and after how many its
        team's leader is told; 0 for never."""
        get_number = self.env["ir.config_parameter"]._get_lead_number
        return (
            get_number("lead_management.neglect_days", DEFAULT_NEGLECT_DAYS),
            get_number("lead_management.escalation_days", DEFAULT_ESCALATION_DAYS),
        )

    def _get_neglected_domain(self, days):
        """Return which leads are neglected when nothing happened for some days."""
        return Domain(
            [
                ("date_last_touch", "<=", fields.Datetime.now() - timedelta(days=days)),
                ("type", "=", "lead"),
                ("active", "=", True),
                ("user_id", "!=", False),
                ("status_id.category", "in", OPEN_AND_WAITING),
            ]
        )

    def _cron_tell_neglected(self):
        """Give owners, then the leaders of their teams, an activity on each neglected
        lead: each once until the lead is touched."""
        days, escalation = self._get_neglect_days()
        levels = [
            (days, NOBODY_TOLD, lambda lead: lead.user_id),
            (escalation, OWNER_TOLD, lambda lead: lead.team_id.user_id),
        ]
        for after, level, get_user in levels:
            if not days or not after:
                continue
            domain = self._get_neglected_domain(after) & Domain(
                "neglect_level", "=", level
            )
            tell = methodcaller("_tell_neglect", level, after, get_user)
            if not do_all(self, domain, tell, BATCH_SIZE):
                return

    def _tell_neglect(self, level, days, get_user):
        """Give whoever is next an activity on each lead.

        :param int level: who was told already
        """

        def get_summary(leads):
            env = leads.env
            if level == NOBODY_TOLD:
                if days == 1:
                    return env._("Nothing done for a day")
                return env._("Nothing done for %s days", days)
            if days == 1:
                return env._("Nothing done for a day: talk to the owner")
            return env._("Nothing done for %s days: talk to the owner", days)

        todo = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        self.filtered(lambda lead: get_user(lead).active)._plan_activities(
            todo, get_summary, get_user
        )
        self.write({"neglect_level": level + 1})

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self.env.context.get("lead_automatic_mail"):
            return result
        if message.mail_activity_type_id or message.message_type in (
            *("comment", "email", "email_outgoing", "sms"),
        ):
            self.sudo()._touch()
        return result

    def _message_mail_after_hook(self, mails):
        result = super()._message_mail_after_hook(mails)
        if "mailing_id" not in mails._fields or not mails.mailing_id:
            self.sudo()._touch()
        return result
