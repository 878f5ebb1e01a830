from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import social_handle


class ResPartner(models.Model):
    """The account: what a lead knows of a company, kept on the company."""

    _name = "res.partner"
    _inherit = ["lead.guard.mixin", "res.partner"]

    fax = fields.Char()
    skype = fields.Char()
    twitter = fields.Char(
        "Twitter/X", help="Type the handle or paste the profile's address"
    )
    social_url = fields.Char("Profile or Blog")
    annual_revenue = fields.Monetary(
        currency_field="annual_revenue_currency_id",
        groups="base.group_user",
        help="What the company turns over in a year",
    )
    annual_revenue_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_annual_revenue_currency_id",
        groups="base.group_user",
    )
    # `hr` calls the people of the own company "Employees".
    employee_count = fields.Integer(
        "Number of Employees",
        groups="base.group_user",
        help="How many people work for the company",
    )
    lead_source_id = fields.Many2one(
        "utm.source",
        domain=[("is_lead_source", "=", True)],
        groups="base.group_user",
        help="Where the lead came from that became this account or contact",
    )
    primary_contact_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('id', 'child_of', id), ('is_company', '=', False)]",
        help="The person to talk to first",
    )

    _check_employee_count = models.Constraint(
        "CHECK(employee_count >= 0)", "The number of employees can't be negative."
    )
    _check_annual_revenue = models.Constraint(
        "CHECK(annual_revenue >= 0)", "The annual revenue can't be negative."
    )

    @api.depends("company_id.currency_id")
    @api.depends_context("company")
    def _compute_annual_revenue_currency_id(self):
        for partner in self:
            company = partner.company_id or self.env.company
            partner.annual_revenue_currency_id = company.currency_id

    @api.constrains("primary_contact_id")
    def _check_primary_contact_id(self):
        for partner in self.filtered("primary_contact_id"):
            contact = partner.primary_contact_id
            if contact.commercial_partner_id != partner.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "The primary contact of %(account)s must be one of its own"
                        " contacts: choose another one.",
                        account=partner.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("twitter"):
                vals["twitter"] = self._clean_twitter(vals["twitter"])
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("twitter"):
            vals["twitter"] = self._clean_twitter(vals["twitter"])
        return super().write(vals)

    def _clean_twitter(self, text):
        """Return the handle that a text names."""
        try:
            return social_handle.normalize(text)
        except ValueError:
            raise ValidationError(
                self.env._(
                    "“%(text)s” is not a Twitter/X profile. Enter a handle such as"
                    " @acme (up to 15 letters, digits or _) or the address of the"
                    " profile, such as x.com/acme.",
                    text=text,
                )
            ) from None

    def _unlink_or_archive(self):
        """Delete accounts and contacts; archive those that something points at."""
        for partner in self.sorted(lambda partner: bool(partner.child_ids)):
            try:
                with self.env.cr.savepoint():
                    partner.unlink()
            except (IntegrityError, UserError):
                partner.active = False
