from collections import namedtuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.lead_management.models.in_parts import CONFLICTS
from odoo.addons.lead_management.models.lead_domain_mixin import DOMAIN_ERRORS
from odoo.addons.lead_management.models.lead_notice import get_notification

BATCH_SIZE = 1000
REMIND, LATE, LEADER, HAND_ON = "remind", "late", "leader", "hand_on"

CachedPolicy = namedtuple("CachedPolicy", "id company_id domain")


class CrmLeadResponsePolicy(models.Model):
    """By when leads are to be answered, and what happens when they are not.

    SPECIFICATION

    Which policy a lead has: the active policies are asked in their order, and the first
    whose filter the lead meets is its policy. It keeps it as long as nobody has
    answered, whatever becomes of what the filter asked for (a lead that is claimed is
    in no queue any more), unless it comes to meet one further up. A policy with a
    company is asked for leads of that company only.

    What counts as an answer: see `crm.lead._is_response`.

    How time is counted: in working time, from the arrival of the lead, or from when
    somebody got it, anew for each who gets it. It stands still while the lead is
    recycled, dead or converted.

    What happens, each once for a lead, or for each who has it if time is counted for
    them:

      * some minutes before the lead is late, its owner gets an activity;
      * it is late;
      * some minutes after it is late, the leader of its sales team gets an activity;
      * some minutes after it is late, it goes back to the queue it came from, or to
        another salesperson, whose turn it is.
    """

    _name = "crm.lead.response.policy"
    _inherit = ["lead.domain.mixin", "lead.guard.mixin", "lead.cached.mixin"]
    _description = "Response Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    domain = fields.Char(
        help="Leads that meet this filter, and no filter of a policy above, are to be"
        " answered in this time",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Leads of this company only; of every company when empty",
    )
    minutes = fields.Integer(
        "Answer Within (Minutes)",
        default=60,
        required=True,
        aggregator=None,
        help="How many minutes of working time somebody has to write to the person,"
        " call them or meet them",
    )
    hours = fields.Selection(
        [
            ("company", "Of the company"),
            ("owner", "Of the owner"),
            ("always", "Around the clock"),
        ],
        "Working Time",
        default="company",
        required=True,
        help="Whose calendar says what working time is, with its public holidays. The"
        " owner's absences count only where it is the owner's.",
    )
    starts = fields.Selection(
        [
            ("arrival", "When the lead arrives"),
            ("owner", "When somebody gets the lead"),
        ],
        "Time Starts",
        default="arrival",
        required=True,
        help="Who gets the lead later has what is left of the time, or all of it",
    )
    remind_minutes = fields.Integer(
        "Remind the Owner (Minutes Before)",
        default=15,
        aggregator=None,
        help="So many minutes before the lead is late, its owner gets an activity. 0"
        " for no reminder.",
    )
    tell_leader = fields.Boolean(
        "Tell the Team Leader",
        default=True,
        help="The leader of the lead's sales team gets an activity when it is late",
    )
    leader_minutes = fields.Integer(
        "Tell After (Minutes Late)",
        default=0,
        aggregator=None,
        help="So many minutes of working time after the lead is late. 0 for at once.",
    )
    hand_on = fields.Selection(
        [
            ("no", "Stays with its owner"),
            ("queue", "Goes back to its queue"),
            ("next", "Goes to the next in turn"),
        ],
        "A Lead Nobody Answers",
        default="no",
        required=True,
        help="Back to the queue that it was in last. Next in turn are those who take"
        " part where an assignment rule gave it in turn, else the members of its sales"
        " team; who is away gets none.",
    )
    hand_on_minutes = fields.Integer(
        "Goes After (Minutes Late)",
        default=60,
        aggregator=None,
        help="So many minutes of working time after the lead is late. 0 for at once.",
    )

    _minutes_positive = models.Constraint(
        "CHECK (minutes > 0 AND remind_minutes >= 0 AND leader_minutes >= 0"
        " AND hand_on_minutes >= 0)",
        "Leads are answered within at least one minute, and no other time of a policy"
        " is negative.",
    )

    @api.constrains("minutes", "remind_minutes")
    def _check_remind_minutes(self):
        for policy in self:
            if policy.remind_minutes >= policy.minutes:
                raise ValidationError(
                    self.env._(
                        "“%(policy)s” reminds owners %(before)s minutes before a lead"
                        " is late, but gives %(minutes)s minutes in all. Remind later,"
                        " or not at all by 0.",
                        policy=policy.name,
                        before=policy.remind_minutes,
                        minutes=policy.minutes,
                    )
                )

    def action_apply_to_all(self):
        """Give all open leads that nobody has answered the policy that is theirs now,
        and tell how many have one. What should have happened already does not."""
        self.check_access("write")
        domain = self.env["crm.lead"]._get_unanswered_domain() & Domain(
            "company_id", "in", [False, *self.env.companies.ids]
        )
        lead_ids = self.env["crm.lead"].sudo().search(domain).ids
        count = 0
        for ids in tools.split_every(BATCH_SIZE, lead_ids):
            leads = self.env["crm.lead"].sudo().browse(ids)
            leads._as_system().write({"response_policy_id": False})
            leads._schedule_response(skip_past=True)
            count += len(leads.filtered("response_policy_id"))
            self.env.flush_all()
            self.env.invalidate_all()
        return get_notification(
            self.env._(
                "Open leads to answer by a policy: %(count)s of %(all)s.",
                count=count,
                all=len(lead_ids),
            )
        )

    # ------------------------------------------------------------
    # WHICH LEADS
    # ------------------------------------------------------------

    @api.model
    def _match(self, leads):
        """Return the policy of each lead.

        :param leads: the `crm.lead` records, in sudo
        :rtype: dict
        """
        matched = dict.fromkeys(leads, self.sudo().browse())
        for cached in self._get_cached_policies():
            if not leads:
                break
            policy = self.sudo().browse(cached.id)
            asked = leads.filtered(
                lambda lead, cached=cached: (
                    not cached.company_id or lead.company_id.id == cached.company_id
                )
            )
            theirs = asked.filtered(
                lambda lead, policy=policy: lead.response_policy_id == policy
            )
            try:
                theirs |= (asked - theirs).filtered_domain(cached.domain)
            except CONFLICTS:
                raise
            except Exception as error:
                policy._log_domain_error(repr(cached.domain), str(error))
            matched.update(dict.fromkeys(theirs, policy))
            leads -= theirs
        return matched

    @api.model
    @tools.ormcache()
    def _get_cached_policies(self):
        policies = []
        for policy in self.sudo().search_fetch([], ["company_id", "domain"]):
            try:
                domain = policy._parse_domain()
                self.env["crm.lead"].sudo()._search(domain, limit=1)
            except DOMAIN_ERRORS as error:
                policy._log_domain_error(
                    policy.domain, policy._tell_domain_error(error)
                )
                continue
            policies.append(CachedPolicy(policy.id, policy.company_id.id, domain))
        return tuple(policies)

    @api.model
    @tools.ormcache()
    def _get_trigger_fields(self):
        """Return the names of the lead fields by whose change a lead may come to meet a
        policy further up."""
        policies = self._get_cached_policies()
        used = {
            condition.field_expr.split(".")[0]
            for policy in policies
            for condition in policy.domain.iter_conditions()
        }
        if any(policy.company_id for policy in policies):
            used.add("company_id")
        return frozenset(self._get_fields_behind(used))

    def _try_domain(self):
        result = super()._try_domain()
        # Policies are asked of leads in memory.
        self.env["crm.lead"].sudo().new({}).filtered_domain(self._parse_domain())
        return result

    # ------------------------------------------------------------
    # WHAT HAPPENS
    # ------------------------------------------------------------

    def _get_steps(self):
        """Return what happens to a lead that nobody answers, in its order.

        :return: pairs of a step and after how many minutes it is taken
        :rtype: list
        """
        self.ensure_one()
        steps = [(LATE, self.minutes)]
        if self.remind_minutes:
            steps.append((REMIND, self.minutes - self.remind_minutes))
        if self.tell_leader:
            steps.append((LEADER, self.minutes + self.leader_minutes))
        if self.hand_on != "no":
            steps.append((HAND_ON, self.minutes + self.hand_on_minutes))
        # At the same time: late before it is told
        order = (REMIND, LATE, LEADER, HAND_ON)
        return sorted(steps, key=lambda step: (step[1], order.index(step[0])))
