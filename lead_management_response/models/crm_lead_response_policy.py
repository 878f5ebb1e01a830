from odoo import api, fields, models
from odoo.exceptions import ValidationError

REMIND, LATE, LEADER, HAND_ON = "remind", "late", "leader", "hand_on"


class CrmLeadResponsePolicy(models.Model):
    """By when leads are to be answered, and what happens when they are not.

    SPECIFICATION

    Which policy a lead has and how that is asked: see `lead.rule.mixin`. It keeps it as
    long as nobody has answered, whatever becomes of what the filter asked for (a lead
    that is claimed is in no queue any more), unless it comes to meet one further up.

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
        another salesperson, whose turn it is, or is offered to them first.
    """

    _name = "crm.lead.response.policy"
    _inherit = ["lead.rule.mixin", "lead.guard.mixin"]
    _description = "Response Policy"

    domain = fields.Char(
        help="Leads that meet this filter, and no filter of a policy above, are to be"
        " answered in this time",
    )
    company_id = fields.Many2one(
        help="Leads of this company only; of every company when empty"
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
            ("offer", "Is offered to the next in turn"),
        ],
        "A Lead Nobody Answers",
        default="no",
        required=True,
        help="Back to the queue that it was in last. Next in turn are those who take"
        " part where an assignment rule gave it in turn, else the members of its sales"
        " team; shares count, and who is away gets none. Who is offered a lead accepts"
        " it or passes.",
    )
    hand_on_minutes = fields.Integer(
        "Goes After (Minutes Late)",
        default=60,
        aggregator=None,
        help="So many minutes of working time after the lead is late. 0 for at once.",
    )

    offer_minutes = fields.Integer(
        "Accept Within (Minutes)",
        default=15,
        required=True,
        aggregator=None,
        help="How many minutes of working time each has to accept a lead. Then the next"
        " is asked, and at last it goes to its queue, or to the leader of its team.",
    )

    _offer_minutes_positive = models.Constraint(
        "CHECK (offer_minutes > 0)", "An offer lasts at least one minute."
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

    # ------------------------------------------------------------
    # WHICH LEADS
    # ------------------------------------------------------------

    def _find_policies(self, leads):
        """Return the policy of each lead, an empty one where there is none.

        :param leads: the `crm.lead` records, in sudo
        """
        policies = self.sudo()
        return {
            lead: policies.browse(rule.id if rule else ())
            for lead, rule in self._find_rules(leads).items()
        }

    def _get_open_lead_domain(self):
        return self.env["crm.lead"]._get_unanswered_domain()

    def _apply_again(self, leads):
        """Give leads the policy that is theirs now. What should have happened already
        does not."""
        leads._as_system().write({"response_policy_id": False})
        leads._schedule_response(skip_past=True)
        return len(leads.filtered("response_policy_id"))

    def _tell_applied(self, count, total):
        return self.env._(
            "Open leads to answer by a policy: %(count)s of %(all)s.",
            count=count,
            all=total,
        )

    def _get_keeping(self, leads):
        return leads.filtered(lambda lead: lead.response_policy_id == self)

    # ------------------------------------------------------------
    # WHAT HAPPENS
    # ------------------------------------------------------------

    def _get_steps(self):
        """Return what happens to a lead that nobody answers, in its order: pairs of a
        step and after how many minutes it is taken."""
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
