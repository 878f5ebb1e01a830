from collections import defaultdict

from odoo import fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import retry_on_conflict

BATCH_SIZE = 1000


class CrmLead(models.Model):
    """How much they did lately: see `crm.lead.engagement.rule`.

    Stored as it was when it was counted last: a scheduled action counts all open leads
    several times an hour, in one statement. What is counted is where it is recorded, so
    there is nothing to be kept in step.
    """

    _inherit = "crm.lead"

    score_engagement = fields.Integer(
        "Engagement",
        default=0,
        aggregator="avg",
        copy=False,
        readonly=True,
        system=True,
        help="Points of the engagement rules: what they did, and how long ago. Counted"
        " anew every few minutes.",
    )

    def _get_engaging_domain(self):
        """Return the leads whose engagement is counted: those that are open."""
        return Domain([("type", "=", "lead"), ("active", "=", True)])

    def _get_engagement_points(self, leads):
        """Return the query of the points that each rule gives to leads.

        :param SQL leads: a query of `lead_id`, `company_id` and the `moment` (in UTC)
            at which they are counted: what happened later does not count
        :return: a query of `lead_id`, `rule_id`, how many events (`count`), the day of
            the last one (`last`), how many of today they are worth (`worth`), and their
            `points`
        """
        self.env.flush_all()  # the events are of many models
        kinds = self._get_engagement_kinds()
        events = SQL(" UNION ALL ").join(
            SQL(
                "SELECT lead_id, %s AS kind, date FROM (%s) AS happened",
                name,
                kind.events,
            )
            for name, kind in kinds.items()
        )
        # Beyond 1000 half-lives, PostgreSQL would refuse to say how little is left.
        left = SQL(
            """
            CASE WHEN rule.half_life = 0 THEN 1
                 ELSE power(0.5, LEAST(
                     (lead.moment::date - event.date::date)::float8 / rule.half_life,
                     1000
                 ))
             END
            """
        )
        return SQL(
            """
            SELECT lead_id, rule_id, count, last, worth, points * worth AS points
              FROM (
                  SELECT lead.lead_id, rule.id AS rule_id, rule.points,
                         COUNT(*) AS count, MAX(event.date)::date AS last,
                         LEAST(
                             SUM(%(left)s),
                             NULLIF(rule.max_points, 0)::float8
                             / NULLIF(ABS(rule.points), 0)
                         ) AS worth
                    FROM (%(leads)s) AS lead
                    JOIN (%(events)s) AS event
                      ON event.lead_id = lead.lead_id AND event.date <= lead.moment
                    JOIN crm_lead_engagement_rule AS rule
                      ON rule.kind = event.kind AND rule.active IS TRUE
                     AND (
                         rule.company_id IS NULL OR rule.company_id = lead.company_id
                     )
                   GROUP BY lead.lead_id, rule.id
              ) AS counted
            """,
            left=left,
            leads=leads,
            events=events,
        )

    def _find_engagement_changes(self, domain):
        """Return what the engagement of leads is, where another one is stored."""
        query = self.sudo()._search(domain)
        leads = query.select(
            SQL("%s AS lead_id", SQL.identifier(query.table, "id")),
            SQL.identifier(query.table, "company_id"),
            SQL("%s::timestamp AS moment", fields.Datetime.now()),
            SQL.identifier(query.table, "score_engagement"),
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH lead AS MATERIALIZED (%(leads)s),
                     score AS (
                         SELECT lead_id, ROUND(SUM(points)::numeric)::int AS points
                           FROM (%(points)s) AS part
                          GROUP BY lead_id
                     )
                SELECT lead.lead_id, COALESCE(score.points, 0)
                  FROM lead LEFT JOIN score ON score.lead_id = lead.lead_id
                 WHERE COALESCE(lead.score_engagement, 0)
                       <> COALESCE(score.points, 0)
                 ORDER BY lead.lead_id
                """,
                leads=leads,
                points=self._get_engagement_points(
                    SQL("SELECT lead_id, company_id, moment FROM lead")
                ),
            )
        )
        return dict(rows)

    def _write_engagement(self, changes):
        """Store the engagement of leads.

        Losing worth is no change of the lead: it is written without changing when the
        lead was written last, unless rules ask for it, which are then asked.

        :param dict changes: points by the id of the lead
        """
        if not changes:
            return
        leads = self.sudo().browse(changes)
        if self._is_engagement_asked_for():
            by_points = defaultdict(leads.browse)
            for lead in leads:
                by_points[changes[lead.id]] |= lead
            for points, alike in by_points.items():
                alike.write({"score_engagement": points})
            return
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_lead SET score_engagement = change.points
                  FROM unnest(%s, %s) AS change(id, points)
                 WHERE crm_lead.id = change.id
             RETURNING crm_lead.id
                """,
                list(changes),
                list(changes.values()),
            )
        )
        leads.invalidate_recordset(["score_engagement"])

    def _is_engagement_asked_for(self):
        """Tell whether rules of any kind on leads depend on the engagement."""
        mixin = self.pool["lead.rule.mixin"]
        return any(
            issubclass(model, mixin)
            and not model._abstract
            and "score_engagement" in self.env[name]._get_trigger_fields()
            for name, model in self.pool.items()
        )

    def _cron_engagement(self):
        """Count the engagement of all open leads, part by part."""
        cron = self.env["ir.cron"]
        changes = self._find_engagement_changes(self._get_engaging_domain())
        cron._commit_progress(remaining=len(changes))
        for ids in tools.split_every(BATCH_SIZE, changes):
            part = {lead_id: changes[lead_id] for lead_id in ids}

            def write(part=part):
                there = self.browse(part).exists().ids
                self._write_engagement({lead_id: part[lead_id] for lead_id in there})

            retry_on_conflict(self.env, write)
            if not cron._commit_progress(len(part)):
                return
