from collections import Counter

from odoo import fields, models

from .home_views import COUNT_LIMIT

KEY_LEADS = 5
RECENT_LEADS = 5
LEAD_FIELDS = (
    *("name", "contact_name", "partner_name"),
    *("stars", "bant_score", "status_id"),
)
TASKS = 8
BARS = 6


class CrmLead(models.Model):
    """What the lead home page lists and draws: key leads, those that were opened last,
    tasks, and charts."""

    _inherit = "crm.lead"

    def _get_home_key_leads(self, domain):
        # Found by an index, which has no names, and read afterwards
        leads = self.search(
            domain, order="stars DESC, bant_score DESC, id DESC", limit=KEY_LEADS
        )
        leads.fetch(LEAD_FIELDS)
        return [
            {
                **lead._get_home_names(),
                "stars": int(lead.stars or 0),
                "score": lead.bant_score,
                "status": lead.status_id.name,
                "color": lead.status_id.color,
            }
            for lead in leads
        ]

    def _get_home_recent_leads(self):
        """Return the leads that the user opened last and may still read."""
        leads = self.with_context(active_test=False).search_fetch(
            [("is_recent", "=", True), ("type", "=", "lead")],
            LEAD_FIELDS,
            order="is_recent DESC",
            limit=RECENT_LEADS,
        )
        return [lead._get_home_names() for lead in leads]

    def _get_home_names(self):
        return {
            "id": self.id,
            "name": self.contact_name or self.partner_name or self.name,
            "company": self.partner_name if self.contact_name else "",
        }

    def _get_home_tasks(self):
        """Return the user's tasks on leads that are due, and how many there are."""
        today = fields.Date.context_today(self)
        activities = self.env["mail.activity"]
        domain = [
            ("res_model", "=", self._name),
            ("user_id", "=", self.env.uid),
            ("date_deadline", "<=", today),
        ]
        due = activities.search(domain, order="date_deadline, id", limit=TASKS)
        return {
            "count": activities.search_count(domain, limit=COUNT_LIMIT)
            if len(due) == TASKS
            else len(due),
            "items": [
                {
                    "id": activity.id,
                    "lead_id": activity.res_id,
                    "lead": activity.res_name,
                    "summary": activity.summary or activity.activity_type_id.name,
                    "icon": activity.icon or activity.activity_type_id.icon,
                    "days_late": (today - activity.date_deadline).days,
                }
                for activity in due
            ],
        }

    def _get_home_charts(self, domain, field_names):
        """Return the largest groups of leads by each of some fields, with what the
        others have together.

        The leads are read once, grouped by all of the fields.
        """
        groups = self._read_group(
            domain, field_names, ["__count"], order="__count DESC"
        )
        charts = []
        for position, field_name in enumerate(field_names):
            counts = Counter()
            for group in groups:
                counts[group[position]] += group[-1]
            largest = counts.most_common()
            charts.append(
                {
                    "field": field_name,
                    "bars": [
                        {"id": group.id, "label": group.display_name or "", "count": n}
                        for group, n in largest[:BARS]
                    ],
                    "others": sum(n for _group, n in largest[BARS:]),
                    "most": largest[0][1] if largest else 0,
                }
            )
        return charts
