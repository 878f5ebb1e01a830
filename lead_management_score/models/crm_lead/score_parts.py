from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang


class CrmLead(models.Model):
    """What the scores of a lead are made of."""

    _inherit = "crm.lead"

    @api.readonly
    def get_score_parts(self):
        """Return what the fit and the engagement of the lead are made of, as they are
        counted now. A closed lead keeps the engagement it had.

        :return: for `fit` and `engagement`: the `label`, the stored `points`, and the
            `parts`, each with the `name` of the rule, its `points` and a `note`
        :raise AccessError: the user may not read the lead
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "fit": {
                "label": self._get_score_label("score_fit"),
                "points": self.score_fit,
                "parts": [
                    {
                        "name": self._get_told_name("crm.lead.fit.rule", rule.id),
                        "points": f"{rule.gives:+d}",
                        "note": "",
                    }
                    for rule in self._get_met_fit_rules()
                ],
            },
            "engagement": {
                "label": self._get_score_label("score_engagement"),
                "points": self.score_engagement,
                "parts": [
                    {
                        "name": self._get_told_name(
                            "crm.lead.engagement.rule", rule_id
                        ),
                        "points": self._tell_points(points),
                        "note": self._tell_events(count, last),
                    }
                    for rule_id, count, last, points in self._get_engagement_parts()
                ],
            },
        }

    def _get_score_label(self, name):
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _tell_points(self, points):
        """Return points of an engagement rule as the language writes them."""
        number = formatLang(self.env, abs(points), digits=1)
        return f"{'-' if points < 0 else '+'}{number}"

    def _tell_events(self, count, last):
        if count == 1:
            return format_date(self.env, last)
        return self.env._(
            "%(count)s times, last on %(day)s",
            count=count,
            day=format_date(self.env, last),
        )

    def _get_met_fit_rules(self):
        """Return the fit rules that the lead meets; of an opportunity, none."""
        lead = self.sudo()
        if lead.type != "lead":
            return []
        return self.env["crm.lead.fit.rule"]._find_all_rules(lead)[lead]

    def _get_engagement_parts(self):
        """Return what the rules give the lead now, or gave it when it was closed: id of
        the rule, how many events, the day of the last, points."""
        if self.type != "lead" or not self.id:
            return []
        now = fields.Datetime.now()
        lead = SQL(
            "SELECT id AS lead_id, company_id, %s::timestamp AS moment"
            " FROM crm_lead WHERE id = %s",
            now if self.active else self.date_closed or now,
            self.id,
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT part.rule_id, part.count, part.last, part.points
                  FROM (%s) AS part
                  JOIN crm_lead_engagement_rule AS rule ON rule.id = part.rule_id
                 ORDER BY rule.sequence, rule.id
                """,
                self._get_engagement_points(lead),
            )
        )
