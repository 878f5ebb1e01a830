from odoo import fields, models


class CrmLead(models.Model):
    """The calls with a lead."""

    _inherit = "crm.lead"

    # Who reads a lead reads its calls.
    call_ids = fields.One2many(
        "crm.lead.call", "lead_id", "Calls", bypass_search_access=True
    )
    call_count = fields.Integer("Number of Calls", compute="_compute_call_count")

    def _compute_call_count(self):
        counts = dict(
            self.env["crm.lead.call"]
            .sudo()
            ._read_group([("lead_id", "in", self.ids)], ["lead_id"], ["__count"])
        )
        for lead in self:
            lead.call_count = counts.get(lead._origin, 0)

    def _get_rare_fields(self):
        return super()._get_rare_fields() | {
            "call_count": ("crm.lead.call", "lead_id", "id"),
        }

    def action_log_call(self):
        """Open the dialog in which a call with the lead is logged.

        :raise AccessError: the user may not change the lead
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["crm.lead.call.log"]._get_action(self)

    def action_open_calls(self):
        """Open the calls with the lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_call.crm_lead_call_action_lead"
        )
        return {**action, "domain": [("lead_id", "=", self.id)]}

    def _get_home_lead_buttons(self):
        return [
            *super()._get_home_lead_buttons(),
            {
                "method": "action_log_call",
                "label": self.env._("Log a call"),
                "icon": "fa-phone",
            },
        ]

    def _merge_dependences(self, opportunities):
        calls = self.env["crm.lead.call"].sudo()
        if calls._has_calls():
            calls.search([("lead_id", "in", opportunities.ids)]).lead_id = self
        return super()._merge_dependences(opportunities)
