from collections import Counter, defaultdict, deque
from datetime import timedelta
from operator import methodcaller

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.lead_management.models.crm_lead.decision import Decision
from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES
from odoo.addons.lead_management.models.crm_team import FOUND_TEAMS, FoundTeams
from odoo.addons.lead_management.models.in_parts import (
    CONFLICTS,
    MAX_CONFLICTS,
    do_or_log,
)
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

from ..crm_lead_assignment.crm_lead_assignee import GIVEN
from ..crm_lead_assignment.known_words import KnownWords
from ..crm_lead_assignment.planner import Planner

BATCH_SIZE = 1000
# Leads that somebody else was changing are looked at again after so long.
LATER_SECONDS = 60
CONTEXT_KEY = "lead_assign_by_rules"


class CrmLead(models.Model):
    """Leads get their owner or their queue by the assignment rules.

    What the rules do is specified in `crm.lead.assignment.rule`.
    """

    _inherit = "crm.lead"

    assignment_entry_id = fields.Many2one(
        "crm.lead.assignment.rule.entry",
        "Assigned by Entry",
        copy=False,
        readonly=True,
        system=True,
        index="btree_not_null",
        ondelete="set null",
        help="The entry of the assignment rules that assigned the lead last",
    )
    assignment_date = fields.Datetime(
        "Assigned by Rules", copy=False, readonly=True, system=True
    )
    assign_by_rules = fields.Boolean(
        "Assign by rules",
        store=False,
        help="Let the assignment rules choose the owner of the new lead",
    )

    _user_given_idx = models.Index(f"(user_id, date_open DESC) WHERE {GIVEN}")

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        asked = [self._pop_assignment_request(vals) for vals in vals_list]
        if any(asked):
            self._check_may_assign_by_rules()
        leads = super().create(vals_list)
        if any(asked):
            leads.browse(
                lead.id for lead, is_asked in zip(leads, asked, strict=True) if is_asked
            ).with_context(**{CONTEXT_KEY: False})._run_assignment_rules()
        return leads

    def _pop_assignment_request(self, vals):
        """Tell whether the rules are to assign a new lead, and make it ready for them.

        An owner that is given stays for the rules to see; native's default, whoever
        creates the lead, does not.
        """
        asked = vals.pop("assign_by_rules", False) or self.env.context.get(CONTEXT_KEY)
        if not asked:
            return False
        if not self._is_born_as_lead(vals):
            return False
        vals.setdefault("user_id", False)
        return True

    @api.model
    def _is_born_as_lead(self, vals):
        """Tell whether values make a lead, not an opportunity."""
        return (vals.get("type") or self.default_get(["type"]).get("type")) == "lead"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def run_assignment_rules(self):
        """Give leads to the owner or the queue that the assignment rules say.

        Leads that can't be assigned (opportunities, lost, converted or archived ones)
        are left as they are, and counted nowhere.

        :return: a dictionary of `assigned`, the number of leads that an entry took;
            `unmatched`, the number of those that no entry took, whether or not there
            was a default owner for them; and `entries`, the number of leads by the id
            of the entry that took them, without entries that took none
        :rtype: dict
        :raise AccessError: the user may not run the rules, or not write a lead
        """
        self._check_may_assign_by_rules()
        self.check_access("write")
        return self._run_assignment_rules()

    def action_assign_by_rules(self):
        """Run the rules on selected leads, and tell what they did."""
        result = self.run_assignment_rules()
        left_out = len(self) - result["assigned"] - result["unmatched"]
        parts = [self.env._("Leads assigned: %(count)s.", count=result["assigned"])]
        if result["unmatched"]:
            parts.append(
                self.env._("No entry takes: %(count)s.", count=result["unmatched"])
            )
        if left_out:
            parts.append(
                self.env._(
                    "Not open, or being changed by somebody else: %(count)s.",
                    count=left_out,
                )
            )
        return get_notification(
            " ".join(parts),
            title=self.env._("Assign by rules"),
            is_warning=not result["assigned"],
            next_action=RELOAD,
        )

    @api.model
    def _check_may_assign_by_rules(self):
        """Refuse who sees only their own leads: they would give away leads that they
        can't follow, or help themselves to others' turns.

        :raise AccessError: says who may
        """
        if not (
            self.env.su
            or self.env.user.has_group("sales_team.group_sale_salesman_all_leads")
        ):
            raise AccessError(
                self.env._(
                    "Only salespeople who see all leads can let the assignment rules"
                    " assign them. Ask a sales manager to do it."
                )
            )

    # ------------------------------------------------------------
    # ENGINE
    # ------------------------------------------------------------

    @api.model
    def _get_assignable_domain(self):
        """Return which leads the rules may assign, and which count as open."""
        return Domain(
            [
                ("type", "=", "lead"),
                ("active", "=", True),
                ("won_status", "=", "pending"),
                ("status_id.category", "in", OPEN_CATEGORIES),
            ]
        )

    def _run_assignment_rules(self):
        """Run the rules, whoever asks; see `run_assignment_rules`."""
        totals, entries = Counter(), Counter()
        for ids in split_every(BATCH_SIZE, self.ids):
            leads = self.sudo().browse(ids)._get_assignable()
            plan = Planner(leads).run()
            taken = [a.entry.id for a in plan.values() if a.entry]
            entries.update(taken)
            totals["assigned"] += len(taken)
            totals["unmatched"] += len(leads) - len(taken)
            leads._apply_assignments(plan)
            if len(self) > BATCH_SIZE:
                # Thousands of leads and their messages aren't kept in memory.
                self.env.flush_all()
                self.env.invalidate_all()
        return {
            "assigned": totals["assigned"],
            "unmatched": totals["unmatched"],
            "entries": dict(entries),
        }

    def _get_assignable(self):
        """Return those of the leads that can be assigned, locked, in their order."""
        domain = self._get_assignable_domain() & Domain("id", "in", self.ids)
        found = set(self.with_context(active_test=False).search(domain).ids)
        leads = self.browse(lead_id for lead_id in self.ids if lead_id in found)
        locked = leads.try_lock_for_update(allow_referencing=True)
        if locked != leads:
            # Somebody is changing the others; nobody may be about to assign them.
            soon = fields.Datetime.now() + timedelta(seconds=LATER_SECONDS)
            self.env.ref(
                "lead_management_assignment.ir_cron_assign_leads"
            ).sudo()._trigger(soon)
        return locked

    def _is_left(self):
        """Tell whether nobody has the lead."""
        return not self._has_owner() and not self.queue_id

    @api.model
    def _get_default_owner(self, company):
        """Return who gets leads of a company that no entry takes, if anybody can."""
        owner = (company or self.env.company).sudo().lead_default_owner_id
        return owner.filtered(lambda user: self._can_own(user, company))

    @api.model
    def _get_lead_action_ranks(self):
        return {
            **super()._get_lead_action_ranks(),
            "lead_management_assignment.crm_lead_action_bulk_assign": 204,
            "lead_management_assignment.crm_lead_action_bulk_queue": 205,
        }

    def _get_successor(self):
        # The default owner comes before the leader of the team.
        return self._get_default_owner(self.company_id) or super()._get_successor()

    def _open_recycled(self, free):
        """Put leads back into the queues they came from, and let the rules assign those
        that came from none."""
        queued = free.filtered(lambda lead: lead._can_return_to_last_queue())
        for queue, leads in queued.grouped("last_queue_id").items():
            leads._put_in_queue(queue, "queued", self.env._("Reopened"))
            leads._note_decisions("queue", dict.fromkeys(leads, Decision("reopened")))
        result = super()._open_recycled(free)
        if unqueued := free - queued:
            unqueued._run_assignment_rules()
        return result

    def _apply_assignments(self, plan):
        """Write, tell and send what was decided.

        :param dict plan: `Assignment` by lead
        """
        changed = {
            lead: assignment for lead, assignment in plan.items() if not assignment.kept
        }
        self._write_assignments(changed)
        mailed = defaultdict(list)
        for lead, assignment in changed.items():
            if assignment.user and assignment.entry.template_id:
                mailed[assignment.entry, assignment.user].append(lead.id)
        for (entry, user), ids in mailed.items():
            entry._send_mails(user, ids)

    def _write_assignments(self, plan):
        """Write assignments, one set of values at a time, and log them.

        :param dict plan: `Assignment` by lead
        """
        bodies = {
            lead.id: lead._get_assignment_message(assignment)
            for lead, assignment in plan.items()
        }
        holders, entries = defaultdict(list), defaultdict(list)
        for lead, assignment in plan.items():
            # Native dates a batch anew when one lead of it gets another owner.
            is_new = lead.user_id != assignment.user
            holder = assignment.user, assignment.team, assignment.queue, is_new
            holders[holder].append(lead.id)
            entries[assignment.entry].append(lead.id)
        # The message in the chatter says it all, in one line instead of two.
        leads = self.with_context(
            mail_notrack=True,
            mail_auto_subscribe_no_notify=True,
            **{FOUND_TEAMS: FoundTeams()},
        )
        for (user, team, queue, _is_new), ids in holders.items():
            vals = {"user_id": user.id, "queue_id": queue.id}
            if team:
                vals["team_id"] = team.id
            leads.browse(ids).write(vals)
        now = self.env.cr.now()
        for entry, ids in entries.items():
            leads.browse(ids)._as_system().write(
                {"assignment_entry_id": entry.id, "assignment_date": now}
            )
        if bodies:
            self.browse(bodies)._message_log_batch(bodies=bodies)
        self._note_assignments(plan)

    def _get_assignment_message(self, assignment):
        """Return what the chatter says about the assignment, as markup."""
        entry = assignment.entry
        parts = {
            "target": (assignment.queue or assignment.user).display_name,
            "entry": entry.name if entry else "",
            "rule": entry.rule_id.name if entry else "",
        }
        if not entry:
            text = self.env._(
                "Assigned to <b>%(target)s</b>, the default owner: no entry of the"
                " assignment rules takes this lead."
            )
        elif assignment.queue:
            text = self.env._(
                "Put into the queue <b>%(target)s</b> by the entry “%(entry)s” of the"
                " assignment rule “%(rule)s”."
            )
        else:
            text = self.env._(
                "Assigned to <b>%(target)s</b> by the entry “%(entry)s” of the"
                " assignment rule “%(rule)s”."
            )
        body = Markup(text) % parts
        if assignment.verdict:
            words = KnownWords(self.env)
            body += Markup(" ") + words.tell_in_chatter(assignment.verdict, self)
        if self.user_id and self.user_id != assignment.user:
            body += Markup(" ") + Markup.escape(
                self.env._("Before, it was %(user)s’s.", user=self.user_id.name)
            )
        return Markup("<p>%s</p>") % body

    # ------------------------------------------------------------
    # CRON
    # ------------------------------------------------------------

    @api.model
    def _get_left_domain(self):
        """Return which leads wait for an owner."""
        return self._get_assignable_domain() & Domain(
            [("user_id", "=", False), ("queue_id", "=", False)]
        )

    @api.model
    def _cron_assign_leads(self):
        """Ask the rules about leads that nobody owns and that wait in no queue.

        Whoever hands out turns of the same salespeople at the same time goes first: the
        batch that met them is tried again.
        """
        left = self._get_left_for_rules().ids
        remaining, conflicts = len(left), 0
        batches = deque(split_every(BATCH_SIZE, left))
        while batches:
            ids = batches[0]
            try:
                do_or_log(self.browse(ids), methodcaller("_run_assignment_rules"))
                seconds_left = self.env["ir.cron"]._commit_progress(
                    len(ids), remaining=remaining - len(ids)
                )
            except CONFLICTS:
                conflicts += 1
                if conflicts > MAX_CONFLICTS:
                    raise
                self.env.cr.rollback()
                continue
            batches.popleft()
            remaining -= len(ids)
            if not seconds_left:
                break

    @api.model
    def _get_left_for_rules(self):
        """Return the leads left without an owner that a rule wants to be asked of."""
        rules = self.env["crm.lead.assignment.rule"]
        by_company = rules._get_rules_by_company(self.env["res.company"].search([]))
        companies = [
            company.id for company, rule in by_company.items() if rule.assign_left
        ]
        if not companies:
            return self.browse()
        return self.search(
            self._get_left_domain() & Domain("company_id", "in", companies),
            order="id",
        )
