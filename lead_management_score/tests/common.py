from datetime import timedelta

from odoo.fields import Datetime

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class ScoreCase(TestLeadManagementCommon):
    """Two fit rules, and one rule on emails: 8 points that halve in 10 days, 20 at
    most."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fit, engagement = (
            cls.env["crm.lead.fit.rule"],
            cls.env["crm.lead.engagement.rule"],
        )
        fit.search([]).active = False
        engagement.search([]).active = False
        cls.env.flush_all()  # one rule for an event, and no second
        cls.germany = cls.env.ref("base.de")
        cls.rule_german = fit.create(
            {
                "name": "German",
                "domain": str([("country_id", "=", cls.germany.id)]),
                "points": 20,
            }
        )
        cls.rule_private = fit.create(
            {
                "name": "Without a company",
                "domain": "[('partner_name', '=', False)]",
                "points": -5,
            }
        )
        cls.rule_email = engagement.create(
            {"kind": "email", "points": 8, "half_life": 10, "max_points": 20}
        )

    def _receive(self, lead, days=0, number=1, **values):
        """Let emails come in from the person, some days ago."""
        return self.env["mail.message"].create(
            [
                {
                    "model": "crm.lead",
                    "res_id": lead.id,
                    "message_type": "email",
                    "date": Datetime.now() - timedelta(days=days),
                    "author_id": False,
                    **values,
                }
                for _index in range(number)
            ]
        )

    def _count(self, leads):
        """Count the engagement of leads, as the scheduled action does for all."""
        leads._write_engagement(
            leads._find_engagement_changes([("id", "in", leads.ids)])
        )
        return leads.mapped("score_engagement")
