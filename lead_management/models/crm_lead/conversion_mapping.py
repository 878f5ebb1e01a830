from odoo import fields, models
from odoo.fields import Command
from odoo.tools import parse_contact_from_email

from ...tools import account_key
from .conversion_plan import FILLABLE_FIELDS


class CrmLead(models.Model):
    """What a lead gives to the records it is converted to."""

    _inherit = "crm.lead"

    def _get_new_account_key(self):
        """Return what leads of the same new company have in common."""
        return account_key.account_key(self.partner_name), self.company_id.id

    def _get_contact_name(self):
        return self.contact_name or (
            parse_contact_from_email(self.email_from)[0] if self.email_from else False
        )

    def _get_account_values(self):
        """Return the values that the lead gives to its account."""
        values = self._prepare_customer_values(self.partner_name, is_company=True)
        values["company_id"] = self.company_id.id
        if self._get_contact_name():
            values.pop("email")
        if self.tag_ids:
            values["category_id"] = [
                Command.link(category.id)
                for category in self.tag_ids._get_partner_categories()
            ]
        return values

    def _get_contact_values(self, account):
        """Return the values that the lead gives to its contact.

        :param account: the account the contact belongs to, perhaps none
        """
        values = self._prepare_customer_values(
            self._get_contact_name(), is_company=False, parent_id=account.id
        )
        values["company_id"] = account.company_id.id or self.company_id.id
        values.pop("website")
        if account:
            # What other addons give (a tax ID) is the company's, and would replace it.
            for name in account._commercial_fields():
                values.pop(name, None)
        return values

    def _get_opportunity_values(self):
        """Return the values that the lead gives to an opportunity that exists."""
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in FILLABLE_FIELDS[self._name] - {"tag_ids"}
        }
        values["tag_ids"] = [Command.link(tag.id) for tag in self.tag_ids]
        return values

    def _get_conversion_snapshot(self):
        """Return the lead's own values, as JSON keeps them and `write` takes them."""
        self.ensure_one()
        values = {}
        for name, lead_field in self._fields.items():
            if (
                lead_field.store
                and lead_field.type not in ("one2many", "many2many", "binary")
                and not lead_field.type.startswith("properties")
                and name not in models.MAGIC_COLUMNS
                and not name.startswith(("message_", "activity_", "status_seconds"))
            ):
                value = lead_field.convert_to_write(self[name], self)
                if lead_field.type == "date":
                    value = fields.Date.to_string(value)
                elif lead_field.type == "datetime":
                    value = fields.Datetime.to_string(value)
                values[name] = value
        return values
