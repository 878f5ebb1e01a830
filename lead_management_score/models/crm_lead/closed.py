from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class ClosedLead(NamedTuple):
    """A lead that was converted, or is dead."""

    id: int
    is_converted: bool


class CrmLead(models.Model):
    """Leads of which is known what became of them, as they were before."""

    _inherit = "crm.lead"

    def _get_outcome_fields(self):
        """Return the fields that closing a lead sets, and that therefore say nothing
        about whether it will be converted. Extend for more."""
        return {
            *("active", "type", "probability", "automated_probability", "stage_id"),
            *("status_id", "status_category", "status_before_id", "status_color"),
            *("status_guidance", "status_days", "date_status_update", "won_status"),
            *("lost_reason_id", "date_closed", "date_conversion", "day_close"),
            *("date_last_stage_update", "date_last_touch", "date_deadline"),
            *("rating_id", "partner_id", "commercial_partner_id", "write_date"),
            *("write_uid", "is_unread", "is_neglected", "neglect_level"),
            "activity_ids",
        }

    def _get_closed_domain(self):
        """Return which leads are closed, archived ones included."""
        return Domain("status_id.category", "in", ["converted", "dead"])

    def _get_closed_query(self):
        """Return the query of closed leads that the user may read: `lead_id`,
        `company_id`, `is_converted`, and the last `moment` before they were closed."""
        leads = self.with_context(active_test=False)
        readable = leads._search(
            self._get_closed_domain()
            & Domain("company_id", "in", [False, *self.env.companies.ids])
        )
        return SQL(
            """
            SELECT lead.id AS lead_id, lead.company_id,
                   status.category = 'converted' AS is_converted,
                   COALESCE(
                       CASE WHEN status.category = 'converted'
                            THEN lead.date_conversion ELSE lead.date_closed END,
                       lead.date_status_update
                   ) - interval '2 seconds' AS moment
              FROM crm_lead AS lead
              JOIN crm_lead_status AS status ON status.id = lead.status_id
             WHERE lead.id IN %s
            """,
            readable.subselect(),
        )

    def _get_closed_leads(self, names):
        """Return the closed leads, without those of which a field was changed when they
        were closed or later: what they had in it before isn't what they have now.

        That is known of fields that are tracked, and of all that converting changed:
        it fills in what the contact says and the lead didn't.

        :return: a list of `ClosedLead`, and how many are left out
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH changed AS (
                    SELECT message.res_id AS lead_id, MAX(message.date) AS date
                      FROM mail_tracking_value AS value
                      JOIN ir_model_fields AS field ON field.id = value.field_id
                      JOIN mail_message AS message
                        ON message.id = value.mail_message_id
                     WHERE message.model = 'crm.lead' AND field.model = 'crm.lead'
                       AND field.name = ANY(%s)
                     GROUP BY message.res_id
                )
                SELECT closed.lead_id, closed.is_converted,
                       COALESCE(changed.date >= closed.moment, FALSE) OR EXISTS (
                           SELECT FROM crm_lead_conversion AS conversion
                            WHERE conversion.lead_id = closed.lead_id
                              AND conversion.undone_date IS NULL
                              AND jsonb_exists_any(conversion.changed, %s)
                       )
                  FROM (%s) AS closed
             LEFT JOIN changed ON changed.lead_id = closed.lead_id
                 WHERE closed.moment IS NOT NULL
                 ORDER BY closed.lead_id
                """,
                list(names),
                list(names),
                self._get_closed_query(),
            )
        )
        known = [ClosedLead(*row[:2]) for row in rows if not row[2]]
        return known, len(rows) - len(known)

    def _get_closed_engagement(self):
        """Return what engagement rules gave to closed leads just before: the worth of
        the events by the id of the lead, by the id of the rule."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH closed AS MATERIALIZED (%s)
                SELECT part.rule_id, part.lead_id, part.worth FROM (%s) AS part
                """,
                self._get_closed_query(),
                self._get_engagement_points(
                    SQL("SELECT lead_id, company_id, moment FROM closed")
                ),
            )
        )
        worth = {}
        for rule_id, lead_id, value in rows:
            worth.setdefault(rule_id, {})[lead_id] = value
        return worth
