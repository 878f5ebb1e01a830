from odoo import api, fields, models

from ...tools import person_name, readable
from ...tools.placeholder import is_placeholder, is_placeholder_of_person

# What an account and its lead share under one name, copied as it stands.
ACCOUNT_FIELDS = (
    "fax",
    "twitter",
    "social_url",
    "annual_revenue",
    "employee_count",
    "industry_id",
)

# What is a name, or nothing
NAMES = (
    "name",
    "contact_first_name",
    "contact_last_name",
    "contact_name",
    "partner_name",
)

# Which values a person must give in the form: the field, and its setting.
REQUIRED_SETTINGS = {
    "contact_first_name": "lead_management.require_first_name",
    "contact_last_name": "lead_management.require_last_name",
    "partner_name": "lead_management.require_company",
}


class CrmLead(models.Model):
    """Who the lead is: the person's name in two parts and the company's details."""

    _inherit = "crm.lead"

    # Contact
    contact_first_name = fields.Char(
        "First Name",
        compute="_compute_contact_name_parts",
        inverse="_inverse_contact_name_parts",
        store=True,
        readonly=False,
    )
    contact_last_name = fields.Char(
        "Last Name",
        compute="_compute_contact_name_parts",
        inverse="_inverse_contact_name_parts",
        store=True,
        readonly=False,
    )
    skype = fields.Char(help="Skype name of the contact")
    best_call_time = fields.Char(
        "Best Time to Call",
        help="When the contact prefers to be called, in their own words",
    )
    # Company
    company_phone = fields.Char(help="Switchboard of the company")
    fax = fields.Char(help="Fax number of the company")
    twitter = fields.Char(
        "Twitter/X",
        help="Handle of the person or the company: type it or paste the profile's"
        " address",
    )
    social_url = fields.Char(
        "Profile or Blog",
        help="A page of the person or the company that has posts: Mastodon, Bluesky,"
        " YouTube, a blog, or any page with a public feed",
    )
    annual_revenue = fields.Monetary(
        currency_field="company_currency",
        aggregator="avg",
        help="What the company turns over in a year",
    )
    employee_count = fields.Integer(
        "Employees", aggregator="avg", help="How many people work for the company"
    )
    # Lead
    quote_deadline = fields.Date(
        copy=False, tracking=True, help="When the contact expects a price quote"
    )
    require_contact_first_name = fields.Boolean(compute="_compute_require_fields")
    require_contact_last_name = fields.Boolean(compute="_compute_require_fields")
    require_partner_name = fields.Boolean(
        "Require Company", compute="_compute_require_fields"
    )

    _check_employee_count = models.Constraint(
        "CHECK(employee_count >= 0)", "The number of employees can't be negative."
    )
    _check_annual_revenue = models.Constraint(
        "CHECK(annual_revenue >= 0)", "The annual revenue can't be negative."
    )

    @api.depends("contact_name")
    def _compute_contact_name_parts(self):
        for lead in self:
            first, last = lead.contact_first_name, lead.contact_last_name
            # Keep the parts as they were typed while they still add up to the name:
            # splitting "Anna Maria | Lopez" again would move the border.
            if person_name.join(first, last) != (
                lead.contact_name and " ".join(lead.contact_name.split())
            ):
                first, last = person_name.split(lead.contact_name)
            lead.contact_first_name = first or False
            lead.contact_last_name = last or False

    def _inverse_contact_name_parts(self):
        for lead in self:
            full_name = person_name.join(
                lead.contact_first_name, lead.contact_last_name
            )
            if lead.contact_name != full_name:
                lead.contact_name = full_name

    @api.depends("type")
    def _compute_require_fields(self):
        """A person fills these in the form. What came without them by mail, import,
        API or another app stays editable as it is."""
        get_flag = self.env["ir.config_parameter"]._get_lead_flag
        for field_name, parameter in REQUIRED_SETTINGS.items():
            required = get_flag(parameter)
            for lead in self:
                lead[f"require_{field_name}"] = (
                    required
                    and lead.type == "lead"
                    and bool(not lead._origin or lead._origin[field_name])
                )

    @api.onchange(*NAMES)
    def _onchange_names(self):
        """Take names that show nothing for empty while they can still be asked for."""
        for name in NAMES:
            if self[name] and not readable.is_readable(self[name]):
                self[name] = False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_profile_values(vals)
            self._join_contact_name(vals)
            if not vals.get("name") and (name := self._get_default_name(vals)):
                vals["name"] = name
        return super().create(vals_list)

    def write(self, vals):
        self._clean_profile_values(vals)
        return super().write(vals)

    def _clean_profile_values(self, vals):
        for name in NAMES:
            if vals.get(name) and not readable.is_readable(vals[name]):
                vals[name] = False
        if vals.get("twitter"):
            vals["twitter"] = self.env["res.partner"]._clean_twitter(vals["twitter"])

    def _join_contact_name(self, vals):
        """Give a new lead its full name with its parts, so that their inverse has
        nothing to write on each lead of a batch."""
        if vals.get("contact_name"):
            return
        full_name = person_name.join(
            vals.get("contact_first_name"), vals.get("contact_last_name")
        )
        if full_name:
            vals["contact_name"] = full_name

    def _get_default_name(self, vals):
        """Return the title of a lead that was given none, False if nothing is known."""
        given = [vals.get("partner_name"), vals.get("contact_name")]
        known = [
            not is_placeholder(given[0]) and given[0],
            not is_placeholder_of_person(given[1]) and given[1],
        ]
        return (
            " – ".join(filter(None, known))
            or vals.get("email_from")
            or " – ".join(filter(None, given))
        )

    def _merge_get_fields(self):
        return [
            *super()._merge_get_fields(),
            "contact_first_name",
            "contact_last_name",
            "skype",
            "best_call_time",
            "company_phone",
            "quote_deadline",
            *ACCOUNT_FIELDS,
        ]

    def _merge_get_fields_specific(self):
        # Both parts of the name come from the lead that gives the full name.
        def name_part(field_name, leads):
            named = leads.filtered("contact_name")[:1]
            return named[field_name]

        return {
            **super()._merge_get_fields_specific(),
            "contact_first_name": name_part,
            "contact_last_name": name_part,
        }
