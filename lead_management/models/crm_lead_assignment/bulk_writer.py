from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from ..crm_lead_bulk.message_copies import copy_message

# From that many leads on, learning from one lead of each kind is worth it.
BULK_FROM = 50
# What a lead's own past decides, so that it isn't copied from another lead
OWN_COLUMNS = {"id", "assignment_entry_id", "day_open", "status_seconds"}
# Native's lead scoring; its nightly job brings it up to date for all open leads.
SCORING_COLUMNS = {"automated_probability", "probability", "prorated_revenue"}


class Outcome(NamedTuple):
    """What assigning changed on one lead of a kind."""

    columns: dict
    follower_ids: list  # the rows it got in mail_followers


class BulkWriter:
    """Write many assignments at a fraction of what `write` takes for each lead.

    Leads are of one kind when everything that decides what native code and this addon's
    do on a change of owner is the same: the owner, team, company, stage and status they
    have, the owner and the team they get. **One lead of each kind is written by
    `write`**, through every extension of it. What changed in its row, and who follows
    it now, is then copied to the others of its kind by SQL, and its chatter message
    with the text that is theirs.

    Not so for leads that leave or enter a queue, whose history is written for each, and
    not where an automation listens to every lead: there, `write` does it all. Lead
    scoring is left to its nightly job. What else depends on the changed columns is
    computed by the ORM as after every write.
    """

    def __init__(self, env):
        self.env = env
        self.leads = env["crm.lead"].sudo()
        self.outcomes = {}  # by kind, for all batches of a run

    def apply(self, plan):
        """Write assignments and say so in the chatter.

        :param dict plan: `Assignment` by lead, of those that change
        """
        if len(plan) < BULK_FROM or not self.leads._can_assign_in_bulk():
            self._write_each(plan)
            return
        self.env.flush_all()
        bodies = {
            lead: lead._get_assignment_message(assignment)
            for lead, assignment in plan.items()
        }
        each, samples, rest = {}, {}, defaultdict(dict)
        for lead, assignment in plan.items():
            if assignment.queue or lead.queue_id:
                each[lead] = assignment
                continue
            kind = self._get_kind(lead, assignment)
            if kind in self.outcomes or kind in samples:
                rest[kind][lead] = assignment
            else:
                samples[kind] = lead
                each[lead] = assignment
        self._learn(samples, each)
        if rest:
            self._copy(rest)
            copied = {lead: bodies[lead] for leads in rest.values() for lead in leads}
            self._copy_messages(copied)

    def _get_kind(self, lead, assignment):
        return (
            assignment.user,
            assignment.team,
            lead.user_id,
            lead.team_id,
            lead.company_id,
            lead.stage_id,
            lead.status_id,
            lead.is_unread,
            lead.partner_id.company_id,
            lead.create_uid == assignment.user,
        )

    def _write_each(self, plan):
        self._browse(plan)._write_assignments(plan)

    def _browse(self, leads):
        return self.leads.browse(lead.id for lead in leads)

    # -- learn -----------------------------------------------------------------

    def _learn(self, samples, each):
        """Write what has to be written one by one, and see what that changed."""
        ids = [lead.id for lead in samples.values()]
        before = self._read_rows(ids)
        self.env.cr.execute("SELECT COALESCE(MAX(id), 0) FROM mail_followers")
        [last_follower] = self.env.cr.fetchone()
        self._write_each(each)
        self.env.flush_all()
        after = self._read_rows(ids)
        followers = defaultdict(list)
        self.env.cr.execute(
            SQL(
                "SELECT res_id, id FROM mail_followers"
                " WHERE res_model = 'crm.lead' AND res_id = ANY(%s) AND id > %s",
                ids,
                last_follower,
            )
        )
        for lead_id, follower_id in self.env.cr.fetchall():
            followers[lead_id].append(follower_id)
        for kind, lead in samples.items():
            old, new = before[lead.id], after[lead.id]
            columns = {
                name: value
                for name, value in new.items()
                if value != old[name]
                and name not in OWN_COLUMNS
                and name not in SCORING_COLUMNS
            }
            self.outcomes[kind] = Outcome(columns, followers[lead.id])

    def _read_rows(self, ids):
        if not ids:
            return {}
        self.env.cr.execute(SQL("SELECT * FROM crm_lead WHERE id = ANY(%s)", ids))
        return {row["id"]: row for row in self.env.cr.dictfetchall()}

    # -- copy ------------------------------------------------------------------

    def _copy(self, rest):
        """Give the others of each kind what one of them got."""
        pairs, unfollowed, changed = [], [], set()
        for kind, plan in rest.items():
            outcome = self.outcomes[kind]
            self._copy_columns(plan, outcome.columns)
            changed.update(outcome.columns)
            pairs += [
                (lead.id, follower_id)
                for lead in plan
                for follower_id in outcome.follower_ids
            ]
            if not outcome.follower_ids:
                unfollowed.append((kind, plan))
        self._tell_orm(
            self._browse(lead for plan in rest.values() for lead in plan), changed
        )
        self._copy_followers(pairs)
        for (user, *_other), plan in unfollowed:
            # The one that was written was followed already.
            self._browse(plan).with_context(
                mail_auto_subscribe_no_notify=True
            )._message_auto_subscribe({"user_id": user.id})

    def _copy_columns(self, plan, columns):
        assignments = [SQL("assignment_entry_id = given.entry_id")]
        assignments += [
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in columns.items()
        ]
        if "date_open" in columns:
            assignments.append(
                SQL(
                    "day_open = ABS(FLOOR(EXTRACT(EPOCH FROM"
                    " %s - DATE_TRUNC('second', create_date)) / 86400))",
                    columns["date_open"],
                )
            )
        if "status_id" in columns:
            assignments.append(self.leads._get_status_seconds_sql())
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET %s"
                " FROM UNNEST(%s, %s) AS given (id, entry_id)"
                " WHERE crm_lead.id = given.id",
                SQL(", ").join(assignments),
                [lead.id for lead in plan],
                [assignment.entry.id or None for assignment in plan.values()],
            )
        )

    def _tell_orm(self, leads, names):
        """Let the ORM forget and compute what depends on the changed columns."""
        leads.invalidate_recordset(flush=False)
        leads.modified(names)
        for name in names | OWN_COLUMNS | SCORING_COLUMNS:
            field = leads._fields[name]
            if field.store and field.compute:
                self.env.remove_to_compute(field, leads)
        if not names.isdisjoint(self.env["crm.lead.star.rule"]._get_trigger_fields()):
            leads._apply_star_rules()

    def _copy_followers(self, pairs):
        if not pairs:
            return
        self.env.cr.execute(
            SQL(
                """
                WITH given AS (
                    SELECT given.lead_id, given.follower_id, follower.partner_id
                      FROM UNNEST(%s, %s) AS given (lead_id, follower_id)
                      JOIN mail_followers follower ON follower.id = given.follower_id
                ), added AS (
                    INSERT INTO mail_followers (res_model, res_id, partner_id)
                         SELECT 'crm.lead', lead_id, partner_id FROM given
                    ON CONFLICT DO NOTHING
                      RETURNING id, res_id, partner_id
                )
                INSERT INTO mail_followers_mail_message_subtype_rel
                            (mail_followers_id, mail_message_subtype_id)
                     SELECT added.id, subtype.mail_message_subtype_id
                       FROM added
                       JOIN given ON given.lead_id = added.res_id
                                 AND given.partner_id = added.partner_id
                       JOIN mail_followers_mail_message_subtype_rel subtype
                         ON subtype.mail_followers_id = given.follower_id
                """,
                [lead_id for lead_id, _follower_id in pairs],
                [follower_id for _lead_id, follower_id in pairs],
            )
        )
        self.env["mail.followers"].invalidate_model(flush=False)

    def _copy_messages(self, bodies):
        """Log one message as native does, and copies of its row for the others."""
        first, *others = bodies
        message = first._message_log_batch(bodies={first.id: bodies[first]})
        copy_message(message, {lead.id: bodies[lead] for lead in others})
