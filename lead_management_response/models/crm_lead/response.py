from odoo import fields, models
from odoo.fields import Domain

from ..working_times import WorkingTimes

# Statuses in which a lead waits for an answer
AWAITING = ("new", "assigned", "in_process")
RUNNING = ("waiting", "late")
STOPPED = ("paused", "closed")
STATES = [
    ("none", "Without a time"),
    ("waiting", "To answer"),
    ("late", "Late"),
    ("in_time", "Answered in time"),
    ("too_late", "Answered late"),
    ("paused", "Paused"),
    ("closed", "Closed unanswered"),
]


class CrmLead(models.Model):
    """By when a lead is to be answered, and when it was.

    The clock runs in working time, see `crm.lead.response.policy`. The minutes of its
    earlier runs are in `response_used`, the present one began at `response_started`.
    What is to come next, and when, is stored as well: so lists sort and filter by it,
    and a scheduled action is woken then.

    How long it took is kept of every lead that was answered, with a policy or without:
    without, in working time of the company, from the arrival of the lead.
    """

    _inherit = "crm.lead"

    response_policy_id = fields.Many2one(
        "crm.lead.response.policy",
        copy=False,
        readonly=True,
        system=True,
        help="What says by when the lead is to be answered",
    )
    response_state = fields.Selection(
        STATES,
        "Answer",
        default="none",
        required=True,
        copy=False,
        readonly=True,
        system=True,
    )
    response_started = fields.Datetime(
        "Time Running Since", copy=False, readonly=True, system=True
    )
    response_due = fields.Datetime(
        "Answer By",
        copy=False,
        readonly=True,
        system=True,
        help="By then somebody has to have written to the person, called or met them",
    )
    response_next = fields.Datetime(
        "Next Step of the Policy", copy=False, readonly=True, system=True
    )
    response_done = fields.Char(
        "Steps Taken", default="", copy=False, readonly=True, system=True
    )
    response_used = fields.Float(
        "Minutes Before a Pause",
        aggregator=None,
        copy=False,
        readonly=True,
        system=True,
    )
    response_answered = fields.Datetime(
        "Answered On", copy=False, readonly=True, system=True
    )
    response_user_id = fields.Many2one(
        "res.users", "Answered By", copy=False, readonly=True, system=True
    )
    response_minutes = fields.Integer(
        "Answered After (Minutes)",
        aggregator="avg",
        copy=False,
        readonly=True,
        system=True,
        help="In working time",
    )

    _response_next_idx = models.Index("(response_next) WHERE response_next IS NOT NULL")
    _response_due_idx = models.Index(
        "(user_id, response_due) WHERE response_due IS NOT NULL"
    )

    def _get_unanswered_domain(self):
        """Return which leads wait for an answer, with a policy or without."""
        return Domain(
            [
                ("type", "=", "lead"),
                ("active", "=", True),
                ("response_answered", "=", False),
                ("status_id.category", "in", AWAITING),
            ]
        )

    def _is_unanswered(self):
        """Tell whether the lead is one of `_get_unanswered_domain`."""
        return bool(
            self.type == "lead"
            and self.active
            and not self.response_answered
            and self.status_id.category in AWAITING
        )

    def _get_response_company(self):
        """Return the company whose working time counts for a lead."""
        return (
            self.company_id
            or self.user_id.company_id
            or self.team_id.company_id
            # The same whoever asks, a person or the scheduled action
            or self.create_uid.company_id
            or self.env.company
        )

    def _get_working_times_of_leads(self, policies, since):
        """Return the working time that counts for each lead."""
        nobody = self.env["res.users"].sudo()
        companies = self.env["res.company"].sudo()
        asked = {}
        for lead, policy in policies.items():
            if policy.hours == "always":
                asked[lead] = companies, nobody
            else:
                user = lead.user_id if policy.hours == "owner" else nobody
                asked[lead] = lead._get_response_company(), user
        times = WorkingTimes(self.env).get(set(asked.values()), since)
        return {lead: times[key] for lead, key in asked.items()}
