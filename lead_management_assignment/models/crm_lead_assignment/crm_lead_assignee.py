from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.lead_management.models.due_day import get_due_domain

from .turns import NEVER, Seat, Turns

# Which leads somebody else gave to their owners; an index of leads says the same.
GIVEN = "date_open IS NOT NULL AND user_id <> create_uid"


class CrmLeadAssignee(models.Model):
    """What the assignment rules know of a salesperson: when they got a lead last, how
    many they may have, and until when they are away.

    There is one record per user, made when the first rule hands out leads to them. Its
    row is what two transactions that hand out leads at the same time wait for: the
    second one can't see what the first one did, and is refused with a serialization
    failure, on which Odoo repeats a request. So no turn is given twice.

    When somebody got a lead last is the later of two: the last turn here, and the last
    lead or opportunity that anybody else gave them by any other way, which is looked up
    in the leads.
    """

    _name = "crm.lead.assignee"
    _description = "Lead Availability"
    _inherit = ["lead.guard.mixin"]
    _order = "user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "Salesperson", required=True, index=True, ondelete="cascade"
    )
    capacity = fields.Integer(
        "Limit of Open Leads",
        help="Assignment rules that hand out leads in turn skip salespeople who have"
        " this many open leads. 0 for no limit.",
    )
    away_until = fields.Date(
        help="The salesperson gets no leads in turn up to and including this day"
    )
    last_date = fields.Datetime("Last Turn", readonly=True, copy=False, system=True)
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

    def _compute_open_lead_count(self):
        counts = self._count_open_leads(self.user_id)
        for assignee in self:
            assignee.open_lead_count = counts.get(assignee.user_id.id, 0)

    @api.depends("away_until", "user_id")
    def _compute_absence(self):
        absences = self._get_absences(self.user_id)
        for assignee in self:
            assignee.absence = absences.get(assignee.user_id.id)

    # ------------------------------------------------------------
    # WHO CAN TAKE A LEAD
    # ------------------------------------------------------------

    @api.model
    def _get_absences(self, users):
        """Tell who of the users gets no leads in turn now, and why.

        :return: reasons by user id; a user who is there has none
        :rtype: dict[int, str]
        """
        absences = {}
        now = fields.Datetime.now()
        paused = (
            users.env["crm.team.member"]
            .sudo()
            ._read_group(
                [("user_id", "in", users.ids)],
                ["user_id"],
                ["assignment_optout:bool_and"],
            )
        )
        for user, everywhere in paused:
            if everywhere:
                absences[user.id] = self.env._("paused in the sales team")
        leaves = self.env["resource.calendar.leaves"].sudo()
        for leave in leaves.search(
            [
                ("resource_id.user_id", "in", users.ids),
                ("time_type", "=", "leave"),
                ("date_from", "<=", now),
                ("date_to", ">=", now),
            ]
        ):
            absences[leave.resource_id.user_id.id] = self.env._("on leave")
        for assignee in self.sudo().search(
            Domain([("user_id", "in", users.ids), ("away_until", "!=", False)])
            & ~get_due_domain("away_until", "user_id", days_after=1)
        ):
            absences[assignee.user_id.id] = self.env._(
                "away until %(date)s", date=format_date(self.env, assignee.away_until)
            )
        for user in users.sudo():
            if user.is_out_of_office:
                absences[user.id] = self.env._("out of office")
            if not user.active:
                absences[user.id] = self.env._("archived")
        return absences

    @api.model
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

    # ------------------------------------------------------------
    # TURNS
    # ------------------------------------------------------------

    @api.model
    def _open_turns(self, users):
        """Lock the rotation of the users and return it.

        :rtype: Turns
        :raise psycopg2.errors.SerializationFailure: somebody else handed out leads to
            one of them meanwhile; the transaction is to be repeated
        """
        assignees = self.sudo()._ensure_for(users)
        self.env.cr.execute(
            SQL(
                "SELECT id, last_date, clock_timestamp() AT TIME ZONE 'UTC'"
                " FROM crm_lead_assignee WHERE id IN %s ORDER BY id"
                " FOR NO KEY UPDATE",
                tuple(assignees.ids),
            ),
            log_exceptions=False,  # who comes second is repeated
        )
        rows = self.env.cr.fetchall()
        dates = {assignee_id: date for assignee_id, date, _clock in rows}
        # Turns come after everything that was written so far, and after one another.
        now = max(rows[-1][2], self.env.cr.now(), *filter(None, dates.values()))
        last_turns = {assignee.user_id.id: dates[assignee.id] for assignee in assignees}
        return assignees._get_turns(users, last_turns, now)

    @api.model
    def _peek_turns(self, users):
        """Return the rotation of the users without locking it, to look at.

        :rtype: Turns
        """
        assignees = self.sudo().search([("user_id", "in", users.ids)])
        last_turns = {assignee.user_id.id: assignee.last_date for assignee in assignees}
        return assignees._get_turns(users, last_turns, self.env.cr.now())

    def _get_turns(self, users, last_turns, now):
        last_given = self._get_last_given(users)
        limits = {
            assignee.user_id.id: assignee.capacity
            for assignee in self
            if assignee.capacity > 0
        }
        counts = self._count_open_leads(users.browse(limits)) if limits else {}
        turns = Turns(now)
        for user_id in users.ids:
            last = max(last_turns.get(user_id) or NEVER, last_given.get(user_id, NEVER))
            room = None
            if user_id in limits:
                room = limits[user_id] - counts.get(user_id, 0)
            turns.seats[user_id] = Seat(user_id, last, room)
        return turns

    @api.model
    def _close_turns(self, turns):
        """Keep what was handed out."""
        given = [
            (seat.user_id, seat.last) for seat in turns.seats.values() if seat.given
        ]
        if not given:
            return
        self.env.cr.execute_values(
            "UPDATE crm_lead_assignee SET last_date = given.date"
            " FROM (VALUES %s) AS given (user_id, date)"
            " WHERE crm_lead_assignee.user_id = given.user_id",
            given,
        )
        self.invalidate_model(["last_date"])

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

    @api.model
    def _ensure_for(self, users):
        """Return the lines of the users, new ones where there are none yet."""
        # By hand, because two transactions may be about to make the same one.
        self.flush_model(["user_id"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_lead_assignee
                            (user_id, capacity, create_uid, create_date)
                     SELECT id, 0, %s, NOW() AT TIME ZONE 'UTC'
                       FROM res_users
                      WHERE id IN %s
                        AND id NOT IN (SELECT user_id FROM crm_lead_assignee)
                   ORDER BY id
                ON CONFLICT (user_id) DO NOTHING
                """,
                self.env.uid,
                tuple(users.ids),
            ),
            log_exceptions=False,  # who comes second is repeated
        )
        return self.search([("user_id", "in", users.ids)], order="id")

    @api.model
    def _get_last_given(self, users):
        """Return when somebody else gave each user a lead or opportunity last.

        One look into the index for each user, however many leads they have.
        """
        self.env["crm.lead"].flush_model(["user_id", "date_open"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.id, (
                           SELECT date_open FROM crm_lead
                            WHERE user_id = asked.id AND %s
                         ORDER BY date_open DESC
                            LIMIT 1
                       )
                  FROM UNNEST(%s::int[]) AS asked (id)
                """,
                SQL(GIVEN),
                users.ids,
            )
        )
        return {user_id: date for user_id, date in rows if date}
