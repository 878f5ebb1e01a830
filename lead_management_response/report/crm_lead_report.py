from odoo import fields, models
from odoo.tools import SQL

from ..models.crm_lead.response import STATES
from ..models.working_times import get_zone

# Up to how many minutes of working time each band goes
BANDS = [
    ("1", 5, "Within 5 minutes"),
    ("2", 30, "5 to 30 minutes"),
    ("3", 60, "30 to 60 minutes"),
    ("4", 240, "1 to 4 hours"),
    ("5", 480, "4 to 8 hours"),
    ("6", None, "Over 8 hours"),
    ("7", None, "Not answered"),
]
PERCENTILES = {"response_median": 0.5, "response_ninth": 0.9}


class CrmLeadReport(models.Model):
    _inherit = "crm.lead.report"
    _depends = {
        "crm.lead": [
            *("response_state", "response_policy_id", "response_user_id"),
            *("response_answered", "response_minutes"),
        ]
    }

    response_state = fields.Selection(STATES, "Answer", readonly=True)
    response_policy_id = fields.Many2one("crm.lead.response.policy", readonly=True)
    response_user_id = fields.Many2one("res.users", "Answered By", readonly=True)
    response_answered = fields.Datetime("Answered On", readonly=True)
    response_band = fields.Selection(
        [(band, label) for band, _minutes, label in BANDS],
        "Time to Answer",
        readonly=True,
        help="In working time",
    )
    response_hour = fields.Char(
        "Hour of Arrival",
        readonly=True,
        help="In the time zone of whoever reads the report",
    )
    answered_count = fields.Integer("Answered Leads", readonly=True)
    response_minutes = fields.Float(
        "Average Minutes to Answer", digits=(16, 1), readonly=True, aggregator="avg"
    )
    response_median = fields.Float(
        "Median Minutes to Answer",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Half of the leads were answered within so many minutes of working time",
    )
    response_ninth = fields.Float(
        "Minutes to Answer, 90th Percentile",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Nine of ten leads were answered within so many minutes of working time",
    )
    in_time_rate = fields.Float(
        "Answered in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of the leads with a policy that were answered, or are late",
    )

    def _get_columns(self):
        minutes = SQL(
            "CASE WHEN lead.response_answered IS NOT NULL"
            " THEN lead.response_minutes::float8 END"
        )
        zone = get_zone(self.env.context.get("tz") or self.env.user.tz)
        own = ("state", "policy_id", "user_id", "answered")
        return {
            **super()._get_columns(),
            **{
                f"response_{name}": SQL.identifier("lead", f"response_{name}")
                for name in own
            },
            "response_band": self._get_band(),
            "response_hour": SQL(
                "to_char(lead.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s,"
                " 'HH24:00')",
                zone.key,
            ),
            "answered_count": SQL("(lead.response_answered IS NOT NULL)::int"),
            "response_minutes": minutes,
            "response_median": minutes,
            "response_ninth": minutes,
            "in_time_rate": SQL(
                "CASE lead.response_state WHEN 'in_time' THEN 100.0"
                " WHEN 'too_late' THEN 0.0 WHEN 'late' THEN 0.0 END"
            ),
        }

    def _get_band(self):
        """Return the SQL of the band that a lead is in."""
        bands = SQL(" ").join(
            SQL("WHEN lead.response_minutes <= %s THEN %s", minutes, band)
            for band, minutes, _label in BANDS
            if minutes
        )
        return SQL(
            "CASE WHEN lead.response_answered IS NULL THEN '7' %s ELSE '6' END", bands
        )

    def _read_group_select(self, aggregate_spec, query):
        name = aggregate_spec.partition(":")[0]
        if name not in PERCENTILES:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "percentile_cont(%s) WITHIN GROUP (ORDER BY %s)",
            PERCENTILES[name],
            self._field_to_sql(self._table, name, query),
        )
