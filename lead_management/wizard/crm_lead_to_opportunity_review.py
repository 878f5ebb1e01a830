from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import html2plaintext

from ..models.crm_lead.conversion_plan import ADDRESS_FIELDS
from .crm_lead_convert_value import TYPED_FIELDS

# The fields of the wizard in which the new opportunity is reviewed, by its own
OPPORTUNITY_FIELDS = {
    "name": "opportunity_name",
    "expected_revenue": "expected_revenue",
    "date_deadline": "date_deadline",
    "stage_id": "stage_id",
}


class CrmLead2opportunityPartner(models.TransientModel):
    """The review: what will be written is shown and can be changed.

    A new opportunity has fields of its own here. Account, contact and an existing
    opportunity get what the lead has for them, a line for each field: a blank field is
    filled, what a record has already is replaced only where that is ticked. What was
    changed in a line stays when another account is chosen, unless the lead's value is
    another one there.
    """

    _inherit = "crm.lead2opportunity.partner"

    opportunity_name = fields.Char(
        compute="_compute_opportunity_values",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    expected_revenue = fields.Monetary(
        compute="_compute_opportunity_values",
        store=True,
        compute_sudo=False,
        readonly=False,
        currency_field="currency_id",
    )
    currency_id = fields.Many2one(related="lead_id.company_currency")
    date_deadline = fields.Date(
        "Expected Closing",
        compute="_compute_opportunity_values",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    stage_id = fields.Many2one(
        "crm.stage",
        compute="_compute_opportunity_values",
        store=True,
        compute_sudo=False,
        readonly=False,
        domain="['|', ('team_ids', '=', False), ('team_ids', 'in', team_id)]",
    )
    value_ids = fields.One2many(
        "crm.lead.convert.value",
        "wizard_id",
        "What Will Be Written",
        compute="_compute_value_ids",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    preview_created = fields.Text(compute="_compute_preview")
    preview_linked = fields.Text(compute="_compute_preview")
    preview_filled = fields.Text(compute="_compute_preview")

    @api.depends("lead_id")
    def _compute_opportunity_values(self):
        for wizard in self:
            for name, own_name in OPPORTUNITY_FIELDS.items():
                wizard[own_name] = wizard.lead_id[name]

    @api.depends("account_id", "contact_id", "result", "opportunity_id", "lead_id")
    def _compute_value_ids(self):
        for wizard in self:
            changed = {line._get_key(): line for line in wizard.value_ids}
            lines = wizard._prepare_values() if wizard.lead_id else []
            for values in lines:
                key = wizard.value_ids._get_key_of(values)
                if key in changed:
                    values.update(changed[key]._get_changes())
            wizard.value_ids = [
                Command.clear(),
                *(Command.create(values) for values in lines),
            ]

    @api.depends(
        *("account_id", "contact_id", "same_person_id", "is_primary"),
        *("result", "opportunity_id", "opportunity_name"),
        *("value_ids.is_written", "value_ids.value"),
    )
    def _compute_preview(self):
        for wizard in self:
            created, linked, filled = (
                wizard._get_preview() if wizard.lead_id else ([], [], [])
            )
            wizard.preview_created = "\n".join(created)
            wizard.preview_linked = "\n".join(linked)
            wizard.preview_filled = "\n".join(filled)

    # ------------------------------------------------------------
    # WHAT WILL BE WRITTEN
    # ------------------------------------------------------------

    def _get_records_to_write(self):
        """Return the records that get values of the lead: `{name: (record, values)}`.

        A record is empty when it will be created.
        """
        self.ensure_one()
        lead = self.lead_id
        records = {}
        if lead.partner_name or self.account_id:
            records["account"] = (self.account_id, lead._get_account_values())
        if self.contact_id or lead._get_contact_name():
            account = self.contact_id.parent_id if self.contact_id else self.account_id
            records["contact"] = (self.contact_id, lead._get_contact_values(account))
        if self.result == "existing" and self.opportunity_id:
            records["opportunity"] = (
                self.opportunity_id,
                lead._get_opportunity_values(),
            )
        return records

    def _prepare_values(self):
        """Return the lines of the review: what is new to a field of a record."""
        allowed = self.env["crm.lead"]._get_override_fields()
        lines = []
        for record_name, (record, values) in self._get_records_to_write().items():
            has_address = any(
                record[name] for name in ADDRESS_FIELDS & {*record._fields}
            )
            for name, value in values.items():
                field = record._fields[name]
                current = field.convert_to_write(record[name], record)
                if name not in allowed[record_name] or not value or value == current:
                    continue
                text = self._to_text(record, name, value)
                is_link = field.type == "many2one"
                lines.append(
                    {
                        "record_name": record_name,
                        "field_name": name,
                        "field_label": self.env._("Owner")
                        if name == "user_id"
                        else field._description_string(self.env),
                        "current_value": self._to_text(record, name, current),
                        "proposed_value": text,
                        "value": text,
                        "comodel": is_link and field.comodel_name,
                        "proposed_id": is_link and value,
                        "value_id": is_link and value,
                        "is_typed": field.type in TYPED_FIELDS,
                        "is_written": not (
                            current or (has_address and name in ADDRESS_FIELDS)
                        ),
                    }
                )
        return lines

    @api.model
    def _to_text(self, record, name, value):
        """Return a value, as `write` takes it, as people read it."""
        field = record._fields[name]
        if not value:
            return False
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type == "html":
            return html2plaintext(value)
        if field.type in ("float", "monetary") and value == int(value):
            return str(int(value))
        return str(value)

    def _get_overrides(self):
        """Return what the review says, as `crm.lead.convert_lead` takes it."""
        overrides = {}
        records = self._get_records_to_write()
        for line in self.value_ids:
            record, values = records.get(line.record_name, (None, {}))
            if line.field_name not in values:
                continue
            field = record._fields[line.field_name]
            current = field.convert_to_write(record[line.field_name], record)
            value = line._get_value(field, values[line.field_name], current)
            if value != values[line.field_name] or (record and current):
                overrides.setdefault(line.record_name, {})[line.field_name] = value
        if opportunity := self._get_opportunity_overrides():
            overrides["opportunity"] = opportunity
        return overrides

    def _get_opportunity_overrides(self):
        """Return the values of a new opportunity that aren't the lead's."""
        if self.result != "opportunity" or not self.lead_id:
            return {}
        lead = self.lead_id
        return {
            name: self._fields[own_name].convert_to_write(self[own_name], self)
            for name, own_name in OPPORTUNITY_FIELDS.items()
            if self[own_name] != lead[name]
            # A blank name or stage is none; the lead's stays.
            and (self[own_name] or not lead._fields[name].required)
        }

    # ------------------------------------------------------------
    # PREVIEW
    # ------------------------------------------------------------

    def _get_preview(self):
        """Return three lists: what is created, what is linked, what is filled."""
        created, linked = [], []
        names = dict(
            self.value_ids._fields["record_name"]._description_selection(self.env)
        )
        records = self._get_records_to_write()
        typed = {
            line.record_name: line.value
            for line in self.value_ids
            if line.field_name == "name" and line.is_written
        }
        for name, (record, values) in records.items():
            label = self.env._(
                "%(record)s %(name)s",
                record=names[name],
                name=record.display_name or typed.get(name) or values["name"],
            )
            (linked if record else created).append(label)
        if self.same_person_id and not self.contact_id:
            linked.append(
                self.env._(
                    "the same person as %(contact)s",
                    contact=self.same_person_id.display_name,
                )
            )
        if self.result == "opportunity":
            created.append(
                self.env._("Opportunity %(name)s", name=self.opportunity_name or "")
            )
        if "contact" in records and self.account_id and self.is_primary:
            linked.append(self.env._("as its primary contact"))
        filled = [
            self.env._(
                "%(record)s: %(field)s",
                record=names[line.record_name],
                field=line.field_label,
            )
            for line in self.value_ids
            if line.is_written and records.get(line.record_name, (False,))[0]
        ]
        return created, linked, filled
