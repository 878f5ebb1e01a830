from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Who has least is to get a lead now and then where others have most.
MIN_WEIGHT, MAX_WEIGHT = 0.1, 10


class CrmLeadAssignee(models.Model):
    """What the assignment rules know of a salesperson: when they got a lead last, how
    many they may have, and until when they are away.

    There is one record per user, made when the first rule hands out leads to them. Its
    row is what two transactions that hand out leads at the same time wait for: the
    second one can't see what the first one did, and is refused with a serialization
    failure, on which Odoo repeats a request. So no turn is given twice.

    What each of them may have compared with others, and what they are entitled to and
    haven't got, is specified in `tools/turns.py`.

    When somebody got a lead last is the later of two: the last turn here, and the last
    lead or opportunity that anybody else gave them by any other way, which is looked up
    in the leads.
    """

    _name = "crm.lead.assignee"
    _description = "Lead Availability"
    _inherit = ["lead.guard.mixin"]
    _order = "user_id"
    _rec_name = "user_id"

    # Indexed by `_user_uniq`
    user_id = fields.Many2one(
        "res.users", "Salesperson", required=True, ondelete="cascade"
    )
    capacity = fields.Integer(
        "Limit of Open Leads",
        help="Assignment rules that hand out leads in turn skip salespeople who have"
        " this many open leads. 0 for no limit.",
    )
    away_until = fields.Date(
        help="The salesperson gets no leads in turn up to and including this day"
    )
    weight = fields.Float(
        "Share",
        default=1.0,
        required=True,
        help="How many leads they get in turn compared with others: who has 2 gets"
        " twice as many as who has 1, while both are there",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        help="They get leads in turn during these hours of their time zone, and none"
        " on the holidays of this calendar. Leave it empty for leads at any time.",
    )
    last_date = fields.Datetime("Last Turn", readonly=True, copy=False, system=True)
    credit = fields.Float(
        "Leads Owed",
        readonly=True,
        copy=False,
        system=True,
        help="What they are entitled to by their share and haven't got; less than none"
        " if they got more",
    )
    open_lead_count = fields.Integer("Open Leads", compute="_compute_open_lead_count")
    absence = fields.Char("Unavailable Because", compute="_compute_absence")

    _user_uniq = models.UniqueIndex(
        "(user_id)", "There is already a line for this salesperson. Change that one."
    )

    @api.constrains("capacity")
    def _check_capacity(self):
        for assignee in self:
            if assignee.capacity < 0:
                raise ValidationError(
                    self.env._(
                        "The limit of open leads of %(user)s can't be negative. Use 0"
                        " for no limit.",
                        user=assignee.user_id.name,
                    )
                )

    @api.constrains("weight")
    def _check_weight(self):
        for assignee in self:
            if not MIN_WEIGHT <= assignee.weight <= MAX_WEIGHT:
                raise ValidationError(
                    self.env._(
                        "The share of %(user)s must be between %(least)s and %(most)s."
                        " Somebody who is to get no leads for a while is away.",
                        user=assignee.user_id.name,
                        least=MIN_WEIGHT,
                        most=MAX_WEIGHT,
                    )
                )

    def _compute_open_lead_count(self):
        counts = self._count_open_leads(self.user_id)
        for assignee in self:
            assignee.open_lead_count = counts.get(assignee.user_id.id, 0)

    @api.depends("away_until", "calendar_id", "user_id")
    def _compute_absence(self):
        absences = self._get_absences(self.user_id)
        for assignee in self:
            assignee.absence = absences.get(assignee.user_id.id)

    def _count_open_leads(self, users):
        """Return the number of open leads by user id."""
        domain = self.env["crm.lead"]._get_assignable_domain()
        groups = (
            self.env["crm.lead"]
            .sudo()
            ._read_group(
                [("user_id", "in", users.ids), *domain], ["user_id"], ["__count"]
            )
        )
        return {user.id: count for user, count in groups}

    @api.model
    def action_open_availability(self):
        """Return the action that lists everybody who sells, with when they are away.

        :raise AccessError: the user may not say who gets leads
        """
        self.check_access("create")
        companies = self.env.companies
        sellers = self.env.ref("sales_team.group_sale_salesman").sudo().all_user_ids
        sellers = sellers.filtered(
            lambda user: user.active and not user.share and user.company_ids & companies
        )
        if sellers:
            self.sudo()._ensure_for(sellers)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_assignment.crm_lead_assignee_action"
        )
