from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import single_email_re


class CrmLeadQueue(models.Model):
    """Leads that wait for somebody to take them.

    * A lead in a queue has no owner: `crm.lead.write` takes the owner off when it is
      put in, and takes it off when it gets an owner, whatever the door.
    * The members are the users named, those of the groups (implied ones too) and those
      of the sales teams, with the teams' leaders. They are stored in `user_ids`, so
      that the record rule is one join, and follow every change of groups and teams.
      Archived users, portal users and users without access to the queue's company are
      no members.
    * Only members and sales managers see the leads of a queue. Who may see all leads
      is no exception: a queue is how leads are kept for some.
    * Members claim leads (`crm.lead.action_claim`), at most `claim_limit` a day of the
      claimer's; the last owner of a lead only after `cooldown_hours`. Sales managers
      claim without being asked either.
    """

    _name = "crm.lead.queue"
    _description = "Lead Queue"
    _inherit = ["lead.picklist.mixin", "lead.guard.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(aggregator=None)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leads of this company only; of every company when empty",
    )
    member_user_ids = fields.Many2many(
        "res.users",
        "crm_lead_queue_member_user_rel",
        "queue_id",
        "user_id",
        "Users",
        domain="[('share', '=', False)]",
    )
    member_group_ids = fields.Many2many(
        "res.groups",
        "crm_lead_queue_member_group_rel",
        "queue_id",
        "group_id",
        "Groups",
        help="All users of these groups are members, today's and tomorrow's",
    )
    member_team_ids = fields.Many2many(
        "crm.team",
        "crm_lead_queue_member_team_rel",
        "queue_id",
        "team_id",
        "Sales Teams",
        help="The members of these teams and their leaders are members of the queue",
    )
    user_ids = fields.Many2many(
        "res.users",
        "crm_lead_queue_user_rel",
        "queue_id",
        "user_id",
        "Members",
        compute="_compute_user_ids",
        store=True,
        context={"active_test": False},
        help="Everybody who sees the leads of the queue and may claim them",
    )
    member_count = fields.Integer("Number of Members", compute="_compute_member_count")
    is_lonely = fields.Boolean(
        "Without Members",
        compute="_compute_member_count",
        help="Active, and nobody but sales managers sees its leads",
    )
    claim_limit = fields.Integer(
        "Daily Claim Limit",
        help="How many leads a member may claim from this queue in a day; 0 for no"
        " limit",
    )
    cooldown_hours = fields.Integer(
        "Cool-Down for the Last Owner (Hours)",
        help="How long the last owner of a lead has to leave it to others; 0 for not at"
        " all",
    )
    return_hours = fields.Integer(
        "Return if Idle (Hours)",
        help="A claimed lead on which nothing is done for this long goes back to the"
        " queue; 0 for never",
    )
    notify = fields.Selection(
        [
            ("none", "Nobody"),
            ("members", "The members"),
            ("address", "One email address"),
        ],
        "Announce New Leads",
        default="members",
        required=True,
        help="Who gets an email when leads arrive: one for all that have arrived since"
        " the last one",
    )
    notify_email = fields.Char("Email Address")
    lead_count = fields.Integer("Leads to Claim", compute="_compute_lead_count")
    oldest_date = fields.Datetime("Oldest Since", compute="_compute_lead_count")
    is_member = fields.Boolean(compute="_compute_is_member")

    _claim_limit_positive = models.Constraint(
        "CHECK (claim_limit >= 0 AND cooldown_hours >= 0 AND return_hours >= 0)",
        "The limit and the hours of a queue can't be negative: enter 0 for none.",
    )

    @api.depends(
        "company_id",
        *(
            f"{members}.{field}"
            for members in (
                "member_user_ids",
                "member_group_ids.all_user_ids",
                "member_team_ids.user_id",
                "member_team_ids.crm_team_member_ids.user_id",
            )
            for field in ("active", "share", "company_ids")
        ),
        "member_team_ids.crm_team_member_ids.active",
    )
    def _compute_user_ids(self):
        for queue in self.sudo().with_context(active_test=True):
            teams = queue.member_team_ids
            users = (
                queue.member_user_ids
                | queue.member_group_ids.all_user_ids
                | teams.user_id
                | teams.crm_team_member_ids.filtered("active").user_id
            )
            queue.user_ids = users.filtered(
                lambda user, company=queue.company_id: (
                    user.active
                    and not user.share
                    and (not company or company in user.company_ids)
                )
            )

    @api.depends("user_ids", "active")
    def _compute_member_count(self):
        for queue in self:
            queue.member_count = len(queue.user_ids)
            queue.is_lonely = queue.active and not queue.member_count

    @api.depends("name", "company_id")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_display_name(self):
        several = len(self.env.companies) > 1
        for queue in self:
            queue.display_name = (
                f"{queue.name} ({queue.sudo().company_id.name})"
                if several and queue.company_id and queue.name
                else queue.name
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lead_count(self):
        leads_by_queue = {
            queue.id: (count, oldest)
            for queue, count, oldest in self.env["crm.lead"]._read_group(
                [("queue_id", "in", self.ids), ("can_claim", "=", True)],
                ["queue_id"],
                ["__count", "queue_date:min"],
            )
        }
        for queue in self:
            queue.lead_count, queue.oldest_date = leads_by_queue.get(
                queue.id, (0, False)
            )

    @api.depends("user_ids")
    @api.depends_context("uid")
    def _compute_is_member(self):
        stored = self.filtered("id")
        # Not by reading all members, who may be hundreds
        mine = stored._filter_of_member(self.env.uid)
        for queue in self:
            if queue in stored:
                queue.is_member = queue.id in mine._ids
            else:
                queue.is_member = self.env.user in queue.user_ids

    def _filter_of_member(self, uid):
        """Return those of the queues that somebody is a member of, in sudo."""
        queues = self.sudo().with_context(active_test=False)
        return queues.search([("id", "in", self.ids), ("user_ids", "in", uid)])

    @api.constrains("name", "company_id", "active")
    def _check_name(self):
        """Refuse a second active queue of a name where people would see both."""
        by_name = (
            self.sudo()
            .search([])
            .grouped(lambda queue: " ".join((queue.name or "").split()).casefold())
        )
        for namesakes in by_name.values():
            for queue in self & namesakes:
                company = queue.company_id
                if other := (namesakes - queue).filtered(
                    lambda other, company=company: (
                        not company
                        or not other.company_id
                        or other.company_id == company
                    )
                )[:1]:
                    raise ValidationError(
                        self.env._(
                            "There is already a queue named “%(queue)s”. Give this one"
                            " another name, or archive that one.",
                            queue=other.name,
                        )
                    )

    @api.constrains("notify", "notify_email")
    def _check_notify_email(self):
        for queue in self:
            if queue.notify == "address" and not single_email_re.match(
                queue.notify_email or ""
            ):
                raise ValidationError(
                    self.env._(
                        "“%(queue)s” announces new leads to one address, but"
                        " “%(email)s” is not an email address. Enter one such as"
                        " sales@example.com, or choose the members.",
                        queue=queue.name,
                        email=queue.notify_email or "",
                    )
                )

    def _get_usage_fields(self):
        # What is added here by others keeps a queue from being deleted, too.
        return [
            *super()._get_usage_fields(),
            ("crm.lead", "queue_id"),
            ("crm.lead.assignment.rule.entry", "queue_id"),
        ]

    def action_open_leads(self):
        """Return the action that lists the leads to claim."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_assignment.crm_lead_action_to_claim"
        )
        action["name"] = self.display_name
        action["domain"] = [("queue_id", "=", self.id), ("can_claim", "=", True)]
        action["context"] = {"default_type": "lead", "default_queue_id": self.id}
        return action
