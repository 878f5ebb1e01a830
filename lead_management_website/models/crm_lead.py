from odoo import models
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.engagement import Engagement


class CrmLead(models.Model):
    """Who looks at pages of the website shows interest."""

    _inherit = "crm.lead"

    def _get_engagement_kinds(self):
        return super()._get_engagement_kinds() | {
            "page": Engagement(
                self.env._("Page of the website viewed"),
                SQL(
                    """
                    SELECT visitor.crm_lead_id AS lead_id, track.visit_datetime AS date
                      FROM crm_lead_website_visitor_rel AS visitor
                      JOIN website_track AS track
                        ON track.visitor_id = visitor.website_visitor_id
                     WHERE track.visit_datetime IS NOT NULL
                    """
                ),
                1,
            )
        }
