from odoo import models
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.engagement import Engagement


class CrmLead(models.Model):
    """Who opens a mailing, or clicks on one of its links, shows interest."""

    _inherit = "crm.lead"

    def _get_engagement_kinds(self):
        def get_events(column):
            return SQL(
                """
                SELECT res_id AS lead_id, %(column)s AS date
                  FROM mailing_trace
                 WHERE model = 'crm.lead' AND %(column)s IS NOT NULL
                   AND is_test_trace IS NOT TRUE
                """,
                column=SQL.identifier(column),
            )

        return super()._get_engagement_kinds() | {
            "mailing_open": Engagement(
                self.env._("Mailing opened"), get_events("open_datetime"), 2
            ),
            "mailing_click": Engagement(
                self.env._("Link of a mailing clicked"),
                get_events("links_click_datetime"),
                5,
            ),
        }

    def _merge_dependences(self, opportunities):
        # What they opened and clicked goes on to show interest.
        traces = self.env["mailing.trace"].sudo()
        traces.search(
            [("model", "=", self._name), ("res_id", "in", opportunities.ids)]
        ).res_id = self.id
        return super()._merge_dependences(opportunities)
