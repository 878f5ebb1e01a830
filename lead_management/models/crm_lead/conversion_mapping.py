from odoo import fields, models
from odoo.fields import Command
from odoo.tools import parse_contact_from_email

from ...tools import account_key
from ...tools.placeholder import is_placeholder, is_placeholder_of_person
from .conversion_plan import FILLABLE_FIELDS
from .profile import ACCOUNT_FIELDS


class CrmLead(models.Model):
    """What a lead gives to the records it is converted to."""

    _inherit = "crm.lead"

    def _get_new_account_key(self):
        """Return what leads of the same new company have in common."""
        return account_key.company_key(self.partner_name), self.company_id.id

    def _get_company_name(self):
        """Return the company's name; a placeholder such as “N/A” is none."""
        self.ensure_one()
        return not is_placeholder(self.partner_name) and self.partner_name

    def _get_contact_name(self):
        """Return the person's name, from the e-mail address where there is no other."""
        names = [
            self.contact_name,
            self.email_from and parse_contact_from_email(self.email_from)[0],
        ]
        known = (n for n in names if n and not is_placeholder_of_person(n))
        return next(known, False)

    def _get_account_values(self, plan):
        """Return the values that the lead gives to its account.

        :param plan: the `Plan` of its conversion
        """
        values = self._prepare_customer_values(
            self._get_company_name(), is_company=True
        )
        values["company_id"] = self.company_id.id
        if plan.has_contact:
            values.pop("email")
        if plan.account:
            values["annual_revenue"] = self._convert_amount(
                "annual_revenue", plan.account.annual_revenue_currency_id
            )
        if self.tag_ids:
            values["category_id"] = self.tag_ids.mapped("name")
        return values

    def _get_contact_values(self, plan):
        """Return the values that the lead gives to its contact.

        :param plan: the `Plan` of its conversion
        """
        company = plan.company
        values = self._prepare_customer_values(
            plan.contact_name, is_company=False, parent_id=company.id
        )
        values["company_id"] = company.company_id.id or self.company_id.id
        values.pop("website")
        if company or (plan.has_account and not plan.contact):
            # What is the company's: as a contact's it would be said twice, or (a tax
            # ID, by native) replace the company's own.
            for name in {*company._commercial_fields(), *ACCOUNT_FIELDS} - {"fax"}:
                values.pop(name, None)
            values["company_name"] = False
        return values

    def _get_opportunity_values(self, opportunity):
        """Return the values that the lead gives to an opportunity that exists."""
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in FILLABLE_FIELDS[self._name]
        }
        for name in ("expected_revenue", "annual_revenue"):
            values[name] = self._convert_amount(name, opportunity.company_currency)
        values["tag_ids"] = self.tag_ids.mapped("name")
        return values

    def _convert_amount(self, name, currency):
        """Return an amount of the lead in the currency of the record it goes to."""
        own = self.company_currency
        if not self[name] or currency == own:
            return self[name]
        company = self.company_id or self.env.company
        return own._convert(
            self[name], currency, company, fields.Date.context_today(self)
        )

    def _prepare_written(self, written):
        """Return what a plan writes to a record as `write` takes it: it names tags."""
        values = dict(written)
        for name in {"category_id", "tag_ids"} & values.keys():
            names = values[name] or ()
            tags = self.tag_ids.filtered(lambda tag, names=names: tag.name in names)
            if name == "category_id":
                tags = tags._get_partner_categories()
            values[name] = [Command.link(tag.id) for tag in tags]
        return values

    def _get_conversion_snapshot(self):
        """Return the lead's own values, as JSON keeps them and `write` takes them."""
        self.ensure_one()
        values = {}
        for name, lead_field in self._fields.items():
            if (
                lead_field.store
                and lead_field.type not in ("one2many", "many2many", "binary")
                and lead_field.type != "properties_definition"
                and name not in models.MAGIC_COLUMNS
                and not name.startswith(("message_", "activity_", "status_seconds"))
            ):
                value = lead_field.convert_to_write(self[name], self)
                if lead_field.type == "date":
                    value = fields.Date.to_string(value)
                elif lead_field.type == "datetime":
                    value = fields.Datetime.to_string(value)
                elif lead_field.type == "properties":
                    value = lead_field.convert_to_export(self[name], self) or {}
                values[name] = value
        return values
