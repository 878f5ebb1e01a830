from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    """What the digest mail says of leads, beside crm's number of new ones."""

    _inherit = "digest.digest"

    kpi_crm_lead_converted = fields.Boolean("Converted Leads")
    kpi_crm_lead_converted_value = fields.Integer(
        compute="_compute_kpi_crm_lead_converted_value"
    )
    kpi_crm_lead_neglected = fields.Boolean("Neglected Leads")
    kpi_crm_lead_neglected_value = fields.Integer(
        compute="_compute_kpi_crm_lead_neglected_value"
    )

    def _compute_kpi_crm_lead_converted_value(self):
        self._check_kpi_of_sales()
        self._calculate_company_based_kpi(
            "crm.lead",
            "kpi_crm_lead_converted_value",
            date_field="date_conversion",
            additional_domain=[
                ("status_id.category", "=", "converted"),
                ("active", "in", [True, False]),
            ],
        )

    def _compute_kpi_crm_lead_neglected_value(self):
        # Of now, whatever the period: yesterday's neglect is not kept.
        self._check_kpi_of_sales()
        _start, _end, companies = self._get_kpi_compute_parameters()
        counts = dict(
            self.env["crm.lead"]._read_group(
                [("company_id", "in", companies.ids), ("is_neglected", "=", True)],
                ["company_id"],
                ["__count"],
            )
        )
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_crm_lead_neglected_value = counts.get(company, 0)

    def _check_kpi_of_sales(self):
        """Have the KPI left out of the mail of those who have nothing to do with leads.

        :raise AccessError: that is how a digest is told
        """
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("This number is for salespeople."))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("crm.crm_menu_root").id
        actions["kpi_crm_lead_converted"] = (
            f"lead_management.crm_lead_report_action_time?menu_id={menu}"
        )
        actions["kpi_crm_lead_neglected"] = (
            f"lead_management.crm_lead_action_neglected?menu_id={menu}"
        )
        return actions
