from odoo import api, models

# What a trace says about the recipient, as the category of a campaign member's status
CATEGORY_BY_STATUS = {"sent": "sent", "open": "opened", "reply": "responded"}


class MailingTrace(models.Model):
    """A mailing of a campaign makes members of the leads and contacts it was sent to.

    They move on when the mail is delivered, opened, clicked and answered, each to the
    campaign's status of that meaning, and never back. What was not delivered, tests,
    and recipients on mailing lists, who are neither leads nor contacts, are left alone.
    """

    _inherit = "mailing.trace"

    # Merging leads asks for those of each of them.
    _of_lead_idx = models.Index("(res_id) WHERE model = 'crm.lead'")

    @api.model_create_multi
    def create(self, vals_list):
        traces = super().create(vals_list)
        traces._follow_in_campaigns()
        return traces

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"trace_status", "links_click_datetime"}:
            self._follow_in_campaigns()
        return result

    def _follow_in_campaigns(self):
        """Move those who got the mail on in its campaign, with one round of queries for
        each campaign, model and status."""
        reached = self.sudo().filtered(
            lambda trace: (
                trace.campaign_id
                and trace.model in ("crm.lead", "res.partner")
                and not trace.is_test_trace
                and trace._get_member_category()
            )
        )
        by_place = reached.grouped(
            lambda trace: (
                trace.campaign_id,
                trace.model,
                trace._get_member_category(),
            )
        )
        statuses = reached.campaign_id._get_member_statuses()
        for (campaign, model, category), traces in by_place.items():
            offered = statuses[campaign]
            status = (
                offered._pick_response()
                if category == "responded"
                else offered._pick_of_category(category) or offered._pick_first()
            )
            recipients = self.env[model].sudo().browse(traces.mapped("res_id"))
            recipients.exists()._add_to_campaign(campaign, status)

    def _get_member_category(self):
        """Return how far the recipient is, as a category of statuses, or None."""
        if self.links_click_datetime and self.trace_status in ("sent", "open"):
            return "clicked"
        return CATEGORY_BY_STATUS.get(self.trace_status)
