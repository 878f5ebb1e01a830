from collections import defaultdict
from datetime import timedelta
from operator import methodcaller

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import do_all
from odoo.addons.lead_management.models.lead_decision_mixin import Decision
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notice

from ..crm_lead_response_policy import LATE
from ..working_times import WorkingTimes
from .response_steps import ANSWER, BATCH_SIZE

DEFAULT_MINUTES = 15  # where the policy is gone
# Why the next one is asked, beside that it is late
PASSED, EXPIRED = "passed", "expired"


class CrmLead(models.Model):
    """How a lead is offered, accepted, passed on, and what comes in the end."""

    _inherit = "crm.lead"

    # ------------------------------------------------------------
    # WHO IS ASKED
    # ------------------------------------------------------------

    def action_accept_offer(self):
        """Make the current user the owner of a lead that is offered to them.

        :return: the action that says so and reads the page anew
        :raise UserError: it is not offered to them any more
        """
        self._lock_offers()
        claimed, refusals = self._claim()
        if len(claimed) < len(self):
            raise UserError(self._join_refusals(refusals))
        return self._get_offer_notice(
            lambda name: self.env._("“%s” is yours now.", name)
        )

    def action_pass_offer(self):
        """Let the next in turn have a lead that is offered to the current user.

        :return: the action that says so and reads the page anew
        :raise UserError: it is not offered to them any more
        """
        self._lock_offers()
        self.sudo()._offer_to_next(PASSED)
        return self._get_offer_notice(
            lambda name: self.env._("You passed “%s” on.", name)
        )

    def _get_offer_notice(self, tell):
        if len(self) != 1:
            return RELOAD
        return get_notice(tell(self.sudo().display_name), next_action=RELOAD)

    def _lock_offers(self):
        """Lock the leads, and see that they are offered to the current user."""
        self.check_access("read")
        self._wait_and_lock()
        for lead in self.sudo():
            if lead.offer_user_id != self.env.user:
                raise UserError(
                    self.env._(
                        "“%s” is not offered to you any more.", lead.display_name
                    )
                )

    def _wait_and_lock(self):
        """Lock the leads, and forget what was known of them before."""
        self.env.flush_all()
        # Who comes too late is no error worth a line in the log: it is tried again.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM crm_lead WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                tuple(self.ids) or (0,),
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset()

    # ------------------------------------------------------------
    # ONE AFTER THE OTHER
    # ------------------------------------------------------------

    def _end_offers(self):
        """Ask the next where somebody has not accepted in time; return when the next
        offer ends, if there is one."""
        now = fields.Datetime.now()
        domain = Domain("offer_until", "<=", now)
        do_all(self, domain, methodcaller("_expire_offers"), BATCH_SIZE)
        [[moment]] = self._read_group(
            [("offer_until", ">", now)], aggregates=["offer_until:min"]
        )
        return moment

    def _expire_offers(self):
        """Ask the next for leads whose offers have ended, and not been accepted."""
        self._wait_and_lock()
        now = fields.Datetime.now()
        self.filtered(
            lambda lead: lead.offer_until and lead.offer_until <= now
        )._offer_to_next(EXPIRED)

    def _offer_to_next(self, because):
        """Offer leads to whose turn is next. In sudo.

        :param str because: `LATE`, nobody has answered them; `PASSED` or `EXPIRED`, who
            was asked did not take them
        """
        given = self._find_next_in_turn()
        users = self.env["res.users"].browse(given)
        bodies, until = {}, self._get_offer_ends(given)
        if because == LATE:
            offered = self.browse().union(*given.values())
            # Their owner keeps those that nobody is there for.
            decisions = offered._get_unanswered_decisions()
            offered._forget_reminders([ANSWER])
        for user in users:
            for lead in given[user.id]:
                bodies[lead.id] = lead._tell_offer(user, because)
        changes = defaultdict(self.browse)
        for user_id, leads in given.items():
            for lead in leads:
                before = lead.user_id or lead.offer_user_id
                tried = sorted({*(lead.offer_tried or ()), *before.ids, user_id})
                changes[user_id, until[lead], tuple(tried)] += lead
        for (user_id, end, tried), leads in changes.items():
            if because == LATE:
                leads.write({"user_id": False})
            leads._as_system().write(
                {
                    "offer_user_id": user_id,
                    "offer_until": end,
                    "offer_tried": list(tried),
                }
            )
        if because == LATE:
            offered._note_decisions("owner", decisions)
        else:
            (self - self.browse().union(*given.values()))._end_offer_of_all()
        self.browse(bodies)._message_log_batch(bodies=bodies)
        users._tell_of_offers(given)
        self._wake_for_response(min(until.values(), default=None))

    def _get_offer_ends(self, given):
        """Return until when each lead is offered, in the working time of its policy.

        :param dict given: leads by the id of the user whom they are offered to
        """
        now, asked = fields.Datetime.now(), {}
        for user_id, leads in given.items():
            for lead in leads:
                policy = lead.response_policy_id
                user = self.env["res.users"].browse(
                    user_id if policy.hours == "owner" else ()
                )
                company = lead._get_response_company()
                if policy.hours == "always":
                    company = company.browse()
                asked[lead] = company, user
        times = WorkingTimes(self.env).get(set(asked.values()), now)
        ends = {}
        for lead, key in asked.items():
            minutes = lead.response_policy_id.offer_minutes or DEFAULT_MINUTES
            # Where nobody works any more, the time goes on all the same.
            end = times[key].add(now, minutes)
            ends[lead] = end or now + timedelta(minutes=minutes)
        return ends

    def _tell_offer(self, user, because):
        names = {
            "before": (self.user_id or self.offer_user_id).name,
            "user": user.name,
        }
        if because == LATE:
            return self.env._(
                "Not answered in time by %(before)s: offered to %(user)s.", **names
            )
        if because == PASSED:
            return self.env._("%(before)s passed: offered to %(user)s.", **names)
        return self.env._(
            "%(before)s did not accept in time: offered to %(user)s.", **names
        )

    # ------------------------------------------------------------
    # AFTER ALL
    # ------------------------------------------------------------

    def _end_offer_of_all(self):
        """Give leads that nobody took to their queue, else to the leader of their team,
        else to whoever claims them."""
        self._withdraw_offers()
        queued = self.filtered(lambda lead: lead._can_return_to_last_queue())
        for queue, waiting in queued.grouped("last_queue_id").items():
            waiting._put_in_queue(queue, "expired", self.env._("Nobody accepted it"))
        queued._note_decisions("queue", dict.fromkeys(queued, Decision("not_accepted")))
        led = (self - queued).filtered(lambda lead: lead._get_successor())
        for leader, leads in led.grouped(lambda lead: lead._get_successor()).items():
            leads.write({"user_id": leader.id})
        led._note_decisions("owner", dict.fromkeys(led, Decision("not_accepted")))
        rest = self - queued - led
        rest._message_log_batch(
            bodies={lead.id: self.env._("Nobody accepted it") for lead in rest}
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _tell_of_offers(self, given):
        """Tell users on their screens that leads are offered to them."""
        for user in self:
            told = user.with_context(lang=user.lang)
            count = len(given[user.id])
            user._bus_send(
                "simple_notification",
                {
                    "type": "info",
                    "sticky": True,
                    "title": told.env._("Leads offered to you: %s", count),
                    "message": told.env._("Accept them on Lead Home, or pass."),
                },
            )
