from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty


class CrmLeadLost(models.TransientModel):
    """Keep a closing note on leads that are lost already.

    Native says it along with what changes, and drops it where nothing does.
    """

    _inherit = "crm.lead.lost"

    def action_lost_reason_apply(self):
        unchanged = self.lead_ids.filtered(
            lambda lead: (
                lead.won_status == "lost"
                and not lead.active
                and lead.lost_reason_id == self.lost_reason_id
            )
        )
        result = super().action_lost_reason_apply()
        if unchanged and not is_html_empty(self.lost_feedback):
            body = Markup("<p>%s</p>%s") % (
                self.env._("Closing note:"),
                self.lost_feedback,
            )
            unchanged._message_log_batch(bodies=dict.fromkeys(unchanged.ids, body))
        return result
