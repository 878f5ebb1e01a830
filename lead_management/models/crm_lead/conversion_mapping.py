from odoo import fields, models
from odoo.fields import Command
from odoo.tools import parse_contact_from_email

from ...tools.placeholder import is_placeholder, is_placeholder_of_person
from ..crm_lead_conversion_mapping.shipped import SHIPPED
from ..record_field import DOT, fold_properties


class CrmLead(models.Model):
    """What a lead gives to the records it is converted to: what the mapping says, and
    what makes them the records they are."""

    _inherit = "crm.lead"

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

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """Give what the mapping says, in place of what native gives."""
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        record_name = "account" if is_company else "contact"
        partners = self.env["res.partner"]
        rules = self._get_mapping(record_name)
        names = {
            name
            for name, rule in rules.items()
            if (DOT in name or partners._fields[name].type != "many2many")
            and not (rule.is_alone and parent_id)
        }
        # A language that nobody knows is the default one.
        values.pop("lang", None)
        unmapped = values.keys() & self._get_replaced_fields(record_name) - names
        values.update(dict.fromkeys(unmapped, False))
        values.update(self._get_mapped_values(record_name, partners, names))
        return fold_properties(partners, values)

    def _get_replaced_fields(self, record_name):
        """Return the fields that native fills, and that the mapping says instead.

        Native gives people the web site, too; what is converted by way of a plan has it
        at the account only.
        """
        names = {*SHIPPED["account"], *SHIPPED["contact"]}
        return names - {"website"} if record_name == "contact" else names

    def _get_account_values(self, plan):
        """Return the values that the lead gives to its account.

        :param plan: the `Plan` of its conversion
        """
        values = self._prepare_customer_values(
            self._get_company_name(), is_company=True
        )
        values.pop("properties", None)  # which are looked at one by one
        values["company_id"] = self.company_id.id
        values.update(self._get_values_of_record("account", plan.account))
        if plan.has_contact:
            self._drop_values_alone("account", values)
        return values

    def _get_contact_values(self, plan):
        """Return the values that the lead gives to its contact.

        :param plan: the `Plan` of its conversion
        """
        company = plan.company
        values = self._prepare_customer_values(
            plan.contact_name, is_company=False, parent_id=company.id
        )
        values.pop("properties", None)
        values["company_id"] = company.company_id.id or self.company_id.id
        values.update(self._get_values_of_record("contact", plan.contact))
        if "website" not in self._get_mapping("contact"):
            values.pop("website", None)
        if company or (plan.has_account and not plan.contact):
            self._drop_values_alone("contact", values)
            # As a contact's, they would replace the company's own.
            for name in company._commercial_fields():
                values.pop(name, None)
            values["company_name"] = False
        return values

    def _get_values_of_record(self, record_name, record):
        """Return the values that depend on the partner who gets them: those that are
        added to what is there, amounts in another currency, and properties."""
        types = ("many2many", "monetary") if record else ("many2many",)
        return self._get_mapped_values(
            record_name,
            record,
            {
                name
                for name in self._get_mapping(record_name)
                if DOT in name or record._fields[name].type in types
            },
        )

    def _drop_values_alone(self, record_name, values):
        """Take out what a record is given only where the other one isn't."""
        for name, rule in self._get_mapping(record_name).items():
            if rule.is_alone:
                values.pop(name, None)

    def _get_opportunity_values(self, opportunity):
        """Return the values that the lead gives to an opportunity that exists."""
        return self._get_mapped_values("opportunity", opportunity)

    def _get_own_opportunity_values(self):
        """Return the values that the lead gives to itself, as the opportunity."""
        rules = self._get_mapping("opportunity")
        names = {name for name, rule in rules.items() if not rule.is_same}
        return self._get_mapped_values("opportunity", self, names) if names else {}

    def _get_existing_rule(self, record_name, name):
        """Return what happens to what a linked record has: `blank`, `replace` or
        `keep`, as the lines of the mapping say it. Extend for values that are given
        beside the mapping.

        :param str record_name: `account`, `contact` or `opportunity`
        :param str name: the field
        """
        if rule := self._get_mapping(record_name).get(name):
            return rule.existing
        return "blank" if name == "vat" else "keep"

    def _prepare_written(self, written):
        """Return what a plan writes to a record as `write` takes it: tags that are to
        be made are named there. Other addons give commands, which stay."""
        values = dict(written)
        for name, value in written.items():
            if (
                isinstance(value, list)
                and DOT not in name
                and all(isinstance(v, str | int) for v in value)
            ):
                named = [tag for tag in value if isinstance(tag, str)]
                ids = [tag for tag in value if not isinstance(tag, str)]
                if named:
                    ids += self.env["crm.tag"]._get_partner_categories(named).ids
                values[name] = [Command.link(record_id) for record_id in ids]
        return values

    def _get_conversion_snapshot(self):
        """Return the lead's own values, as JSON keeps them and `write` takes them: also
        of fields that the user may not read, as it is for undoing alone."""
        self.ensure_one()
        lead, values = self.sudo(), {}
        for name, lead_field in self._fields.items():
            if (
                lead_field.store
                and lead_field.type not in ("one2many", "binary")
                and lead_field.type != "properties_definition"
                and name not in models.MAGIC_COLUMNS
                and not name.startswith(("message_", "activity_", "status_seconds"))
            ):
                value = lead_field.convert_to_write(lead[name], lead)
                if lead_field.type == "many2many":
                    value = lead[name].ids
                elif lead_field.type == "date":
                    value = fields.Date.to_string(value)
                elif lead_field.type == "datetime":
                    value = fields.Datetime.to_string(value)
                elif lead_field.type == "properties":
                    value = lead_field.convert_to_export(lead[name], lead) or {}
                values[name] = value
        return values
