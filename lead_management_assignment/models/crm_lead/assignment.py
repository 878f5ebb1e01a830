from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES
from odoo.addons.lead_management.models.lead_decision_mixin import Decision
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

from ..crm_lead_assignment.assignee_turns import GIVEN
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
                self.env._("Taken by no entry: %(count)s.", count=result["unmatched"])
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

    def _check_may_assign_by_rules(self):
        """Refuse who sees only their own leads: they would give away leads that they
        can't follow, or help themselves to others' turns."""
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
        # What is still to be computed of new leads is written at once. The search would
        # have only what it asks for written, and each row once more for the rest.
        self.flush_recordset()
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

    def _get_default_owner(self, company):
        """Return who gets leads of a company that no entry takes, if anybody can."""
        owner = (company or self.env.company).sudo().lead_default_owner_id
        return owner.filtered(lambda user: self._can_own(user, company))

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
