from odoo import models
from odoo.tools import SQL

from ...tools.turns import NEVER, Seat, Turns

# Which leads somebody else gave to their owners; an index of leads says the same.
GIVEN = "date_open IS NOT NULL AND user_id <> create_uid"


class CrmLeadAssignee(models.Model):
    """The rotation of the database, as `tools/turns.py` hands it out."""

    _inherit = "crm.lead.assignee"

    def _open_turns(self, users):
        """Lock the rotation of the users and return it.

        :raise psycopg2.errors.SerializationFailure: somebody else handed out leads to
            one of them meanwhile; the transaction is to be repeated
        """
        assignees = self.sudo()._ensure_for(users)
        self.env.cr.execute(
            SQL(
                "SELECT id, last_date, credit, clock_timestamp() AT TIME ZONE 'UTC'"
                " FROM crm_lead_assignee WHERE id IN %s ORDER BY id"
                " FOR NO KEY UPDATE",
                tuple(assignees.ids),
            ),
            log_exceptions=False,  # who comes second is repeated
        )
        rows = self.env.cr.fetchall()
        dates = {row[0]: row[1] for row in rows}
        credits = {row[0]: row[2] for row in rows}
        # Turns come after everything that was written so far, and after one another.
        now = max(rows[-1][3], self.env.cr.now(), *filter(None, dates.values()))
        last_turns = {one.user_id.id: dates[one.id] for one in assignees}
        owed = {one.user_id.id: credits[one.id] for one in assignees}
        return assignees._get_turns(users, last_turns, owed, now)

    def _peek_turns(self, users):
        """Return the rotation of the users without locking it, to look at."""
        assignees = self.sudo().search([("user_id", "in", users.ids)])
        last_turns = {one.user_id.id: one.last_date for one in assignees}
        owed = {one.user_id.id: one.credit for one in assignees}
        return assignees._get_turns(users, last_turns, owed, self.env.cr.now())

    def _get_turns(self, users, last_turns, owed, now):
        last_given = self._get_last_given(users)
        limits = {
            assignee.user_id.id: assignee.capacity
            for assignee in self
            if assignee.capacity > 0
        }
        counts = self._count_open_leads(users.browse(limits)) if limits else {}
        weights = {assignee.user_id.id: assignee.weight for assignee in self}
        turns = Turns(now)
        for user_id in users.ids:
            last = max(last_turns.get(user_id) or NEVER, last_given.get(user_id, NEVER))
            room = None
            if user_id in limits:
                room = limits[user_id] - counts.get(user_id, 0)
            turns.seats[user_id] = Seat(
                user_id,
                last,
                room,
                weights.get(user_id) or 1.0,
                owed.get(user_id) or 0.0,
            )
        return turns

    def _close_turns(self, turns):
        """Keep what was handed out."""
        rows = [
            (seat.user_id, seat.last if seat.given else None, seat.credit)
            for seat in turns.seats.values()
            if seat.given or seat.shared
        ]
        if not rows:
            return
        self.env.cr.execute_values(
            "UPDATE crm_lead_assignee"
            " SET last_date = COALESCE(given.date::timestamp, last_date),"
            " credit = given.credit"
            " FROM (VALUES %s) AS given (user_id, date, credit)"
            " WHERE crm_lead_assignee.user_id = given.user_id",
            rows,
        )
        self.invalidate_model(["last_date", "credit"])

    def _ensure_for(self, users):
        """Return the lines of the users, new ones where there are none yet."""
        # By hand, because two transactions may be about to make the same one.
        self.flush_model(["user_id"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_lead_assignee
                            (user_id, capacity, weight, create_uid, create_date)
                     SELECT id, 0, 1, %s, NOW() AT TIME ZONE 'UTC'
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
