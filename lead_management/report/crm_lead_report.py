from odoo import api, fields, models
from odoo.tools import SQL

from ..models.crm_lead_star_rule import STARS
from ..models.crm_lead_status import CATEGORIES


class CrmLeadReport(models.Model):
    """Everything that is or was a lead, as rows to be counted.

    * A lead has one row, and keeps it when it becomes an opportunity. Opportunities
      that never were leads have none, and neither have leads that somebody archived
      without closing them.
    * It is converted while its status is. It is won when the opportunity is that it
      became, or was converted into.
    * Its value is what it is expected to bring, as the lead says.
    * Whoever may read a lead reads its row.

    Joins of which a question needs nothing are left out by PostgreSQL, as each finds at
    most one row: so a report takes as long as what it asks.
    """

    _name = "crm.lead.report"
    _description = "Lead Analysis"
    _inherit = ["lead.report.mixin"]
    _auto = False
    _rec_name = "lead_id"
    _order = "create_date desc, id desc"
    _depends = {
        "crm.lead": [
            *("active", "type", "status_id", "user_id", "team_id", "company_id"),
            *("source_id", "medium_id", "campaign_id", "industry_id", "country_id"),
            *("stars", "rating_id", "bant_score", "expected_revenue", "won_status"),
            *("date_first_touch", "date_conversion", "date_closed"),
            "date_status_update",
        ],
        "crm.lead.conversion": ["lead_id", "opportunity_id", "undone_date"],
        "crm.lead.status": ["category"],
        "mail.message": ["model", "res_id", "mail_activity_type_id"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    type = fields.Selection(
        [("lead", "Lead"), ("opportunity", "Opportunity")],
        "Is Now",
        readonly=True,
    )
    status_id = fields.Many2one("crm.lead.status", readonly=True)
    status_category = fields.Selection(CATEGORIES, readonly=True)
    is_open = fields.Boolean("Still Open", readonly=True)
    is_converted = fields.Boolean("Converted", readonly=True)
    is_won = fields.Boolean("Won", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    medium_id = fields.Many2one("utm.medium", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    industry_id = fields.Many2one("res.partner.industry", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    stars = fields.Selection(STARS, readonly=True)
    rating_id = fields.Many2one("crm.lead.rating", readonly=True)
    create_date = fields.Datetime("Created On", readonly=True)
    date_first_touch = fields.Datetime("First Contact On", readonly=True)
    date_conversion = fields.Datetime("Converted On", readonly=True)

    open_count = fields.Integer("Open Leads", readonly=True)
    touched_count = fields.Integer("Contacted Leads", readonly=True)
    converted_count = fields.Integer("Converted Leads", readonly=True)
    won_count = fields.Integer("Won Leads", readonly=True)
    activity_count = fields.Integer("Activities Done", readonly=True)
    conversion_rate = fields.Float(
        "Conversion Rate (%)", readonly=True, aggregator="avg"
    )
    stars_average = fields.Float("Average Stars", readonly=True, aggregator="avg")
    bant_score = fields.Integer("Qualification Score", readonly=True, aggregator="avg")
    age = fields.Float(
        "Age (days)",
        readonly=True,
        aggregator="avg",
        help="Until now, or until the lead was converted or dead",
    )
    hours_to_first_touch = fields.Float(
        "Hours to First Contact", readonly=True, aggregator="avg"
    )
    days_to_convert = fields.Float("Days to Convert", readonly=True, aggregator="avg")
    currency_id = fields.Many2one("res.currency", readonly=True)
    expected_revenue = fields.Monetary("Value", readonly=True)
    won_revenue = fields.Monetary("Won Value", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s %s %s",
            SQL(", ").join(
                SQL("%s AS %s", sql, SQL.identifier(name))
                for name, sql in self._get_columns().items()
            ),
            self._get_from(),
            self._get_where(),
        )

    def _get_columns(self):
        """Return the SQL of every column by the name of its field."""
        own_currency = self.env.company.currency_id.id
        own = [
            *("id", "type", "status_id", "user_id", "team_id", "company_id"),
            *("source_id", "medium_id", "campaign_id", "industry_id", "country_id"),
            *("stars", "rating_id", "bant_score", "create_date", "date_first_touch"),
            "expected_revenue",
        ]
        converted = SQL("status.category = 'converted'")
        touched_on = SQL("lead.date_first_touch")
        is_open = SQL("status.category NOT IN ('converted', 'dead')")
        won = SQL("COALESCE(opportunity.won_status, lead.won_status) = 'won'")
        converted_on = SQL("CASE WHEN %s THEN lead.date_conversion END", converted)
        until = SQL(
            "CASE WHEN %s THEN now() AT TIME ZONE 'UTC'"
            " ELSE COALESCE(%s, lead.date_closed, lead.date_status_update) END",
            is_open,
            converted_on,
        )
        return {
            **{name: SQL.identifier("lead", name) for name in own},
            "lead_id": SQL("lead.id"),
            "status_category": SQL("status.category"),
            "is_open": is_open,
            "is_converted": converted,
            "is_won": won,
            "date_conversion": converted_on,
            "open_count": SQL("(%s)::int", is_open),
            "touched_count": SQL("(%s IS NOT NULL)::int", touched_on),
            "converted_count": SQL("(%s)::int", converted),
            "won_count": SQL("(%s)::int", won),
            "activity_count": SQL("COALESCE(activity.count, 0)"),
            "conversion_rate": SQL("100.0 * (%s)::int", converted),
            "stars_average": SQL("lead.stars::int"),
            "age": self._get_span(until, "86400"),
            "hours_to_first_touch": self._get_span(
                SQL("lead.date_first_touch"), "3600"
            ),
            "days_to_convert": self._get_span(converted_on, "86400"),
            "currency_id": SQL("COALESCE(company.currency_id, %s)", own_currency),
            "won_revenue": SQL("CASE WHEN %s THEN lead.expected_revenue END", won),
        }

    def _get_span(self, until, seconds):
        """Return the SQL of the time from the lead's creation to a point in time.

        :param until: the SQL of that point; where it is none, there is no time either
        :param str seconds: how many of them the unit has
        """
        # GREATEST would take nothing for 0, and the average with it.
        return SQL(
            "CASE WHEN %(until)s > lead.create_date"
            " THEN EXTRACT(EPOCH FROM (%(until)s - lead.create_date)) / %(seconds)s"
            " WHEN %(until)s IS NOT NULL THEN 0 END",
            until=until,
            seconds=SQL(seconds),
        )

    def _get_from(self):
        """Return the SQL of the tables. Each may join at most one row to a lead."""
        return SQL(
            """
              FROM %(leads)s lead
              JOIN crm_lead_status status ON status.id = lead.status_id
         LEFT JOIN res_company company ON company.id = lead.company_id
         LEFT JOIN (
                   SELECT DISTINCT ON (lead_id) lead_id, opportunity_id
                     FROM crm_lead_conversion
                    WHERE undone_date IS NULL AND opportunity_id IS NOT NULL
                    ORDER BY lead_id, id DESC
                   ) conversion
                   ON conversion.lead_id = lead.id AND %(is_other)s
         LEFT JOIN crm_lead opportunity ON opportunity.id = conversion.opportunity_id
         LEFT JOIN (
                   SELECT res_id, count(*) AS count
                     FROM mail_message
                    WHERE model = 'crm.lead' AND mail_activity_type_id IS NOT NULL
                    GROUP BY res_id
                   ) activity ON activity.res_id = lead.id
            """,
            leads=self._get_leads(),
            # Into another record. Few leads are: said in this way, PostgreSQL expects
            # few and looks these up, instead of reading all leads once more.
            is_other=SQL(
                "abs(conversion.opportunity_id - conversion.lead_id)"
                " BETWEEN 1 AND 2147483647"
            ),
        )

    def _get_where(self):
        return SQL("WHERE lead.active OR status.category IN ('converted', 'dead')")

    @api.readonly
    def action_open_lead(self):
        """Return the action that opens the lead of the row."""
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()
