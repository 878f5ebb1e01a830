from odoo import api, fields, models

from ..mail_followers import NEW_FOLLOWERS, NewFollowers


class ResPartner(models.Model):
    """The leads that became this account or contact, and many that they become."""

    _inherit = "res.partner"

    lead_conversion_count = fields.Integer(
        "Converted Leads",
        compute="_compute_lead_conversion_count",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lead_conversion_count(self):
        conversions = self.env["crm.lead.conversion"].search_fetch(
            self._get_lead_conversion_domain(), ["account_id", "contact_id"]
        )
        for partner in self:
            partner.lead_conversion_count = len(
                conversions.filtered(
                    lambda conversion, partner=partner: (
                        partner in conversion.account_id | conversion.contact_id
                    )
                )
            )

    def _get_contact_opportunities_domain(self):
        return [
            *super()._get_contact_opportunities_domain(),
            *self._get_opportunities_only_domain(),
        ]

    def _get_opportunities_only_domain(self):
        """Leave out leads that became no opportunity: they are among the converted
        leads, and native counts whatever is of the customer."""
        return [
            *("!", "&", "&", ("type", "=", "lead"), ("active", "=", False)),
            ("status_id.category", "=", "converted"),
        ]

    def _get_lead_conversion_domain(self):
        return [
            ("undone_date", "=", False),
            "|",
            ("account_id", "in", self.ids),
            ("contact_id", "in", self.ids),
        ]

    def action_view_lead_conversions(self):
        """Return the action that lists the leads that became these partners."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management.crm_lead_conversion_action"
        )
        return {**action, "domain": self._get_lead_conversion_domain()}

    def _create_together(self, vals_list):
        """Create records as `create` does, with their followers at once."""
        new = NewFollowers(self)
        partners = self.with_context(**{NEW_FOLLOWERS: new}).create(vals_list)
        new.insert()
        return partners.with_env(self.env)

    def message_post(self, **kwargs):
        new = self.env.context.get(NEW_FOLLOWERS)
        if not isinstance(new, NewFollowers):
            return super().message_post(**kwargs)
        new.insert()  # they are to be told
        partners = self.with_context(**{NEW_FOLLOWERS: None})
        return super(ResPartner, partners).message_post(**kwargs)
