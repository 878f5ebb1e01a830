from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import html2plaintext

from ..models.crm_lead.conversion_plan import ADDRESS_FIELDS
from .crm_lead_convert_value import TYPED_FIELDS


class CrmLead2opportunityPartner(models.TransientModel):
    """The native wizard, asking in the order in which one decides: account, contact,
    opportunity. Everything that will be written is shown and can be changed.

    Native fields keep their meaning: `commercial_partner_id` is the account to link,
    `action` and `partner_id` choose the contact. The mass wizard inherits this one and
    asks for no values.
    """

    _inherit = "crm.lead2opportunity.partner"

    result = fields.Selection(
        [
            ("opportunity", "New opportunity"),
            ("existing", "Into an existing opportunity"),
            ("account", "No opportunity yet"),
        ],
        "Opportunity",
        default="opportunity",
        required=True,
        help="Without an opportunity, the lead becomes an account with a contact,"
        " and is archived",
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        "Existing Opportunity",
        domain="[('type', '=', 'opportunity'), '|', ('partner_id', '=', False),"
        " ('partner_id', 'child_of', account_id)]",
    )
    account_id = fields.Many2one(
        "res.partner", compute="_compute_account_id", help="The account to link"
    )
    contact_id = fields.Many2one(
        "res.partner", compute="_compute_account_id", help="The contact to link"
    )
    value_ids = fields.One2many(
        "crm.lead.convert.value",
        "wizard_id",
        "What Will Be Written",
        compute="_compute_value_ids",
        store=True,
        readonly=False,
    )
    preview_created = fields.Char(compute="_compute_preview")
    preview_linked = fields.Char(compute="_compute_preview")
    preview_filled = fields.Char(compute="_compute_preview")

    @api.depends("lead_id")
    def _compute_commercial_partner_id(self):
        """Propose the account that was chosen for the lead."""
        result = super()._compute_commercial_partner_id()
        for wizard in self:
            if not wizard.partner_id and not wizard.commercial_partner_id:
                wizard.commercial_partner_id = wizard.lead_id.account_id
        return result

    @api.depends("action", "partner_id", "commercial_partner_id", "lead_id")
    def _compute_account_id(self):
        for wizard in self:
            linked = wizard._get_linked_partner(wizard.lead_id)
            account = linked.commercial_partner_id
            wizard.contact_id = False if linked.is_company else linked
            wizard.account_id = (
                account if account.is_company else wizard.commercial_partner_id
            )

    @api.depends("account_id", "contact_id", "result", "opportunity_id", "lead_id")
    def _compute_value_ids(self):
        for wizard in self:
            lead = wizard.lead_id
            wizard.value_ids = [Command.clear()] + [
                Command.create(values)
                for values in (wizard._prepare_values() if lead else ())
            ]

    @api.depends("account_id", "contact_id", "result", "opportunity_id", "value_ids")
    def _compute_preview(self):
        for wizard in self:
            created, linked, filled = wizard._get_preview()
            wizard.preview_created = ", ".join(created)
            wizard.preview_linked = ", ".join(linked)
            wizard.preview_filled = ", ".join(filled)

    # ------------------------------------------------------------
    # WHAT WILL BE WRITTEN
    # ------------------------------------------------------------

    def _get_records_to_write(self):
        """Return the records a conversion writes: `{name: (record, values)}`.

        A record is empty when it will be created.
        """
        self.ensure_one()
        lead = self.lead_id
        records = {}
        if lead.partner_name or self.account_id:
            records["account"] = (self.account_id, lead._get_account_values())
        if self.contact_id or lead._get_contact_name():
            records["contact"] = (
                self.contact_id,
                lead._get_contact_values(self.account_id),
            )
        if self.result == "opportunity":
            records["opportunity"] = (
                self.env["crm.lead"],
                {
                    name: lead._fields[name].convert_to_write(lead[name], lead)
                    for name in (
                        "name",
                        "expected_revenue",
                        "date_deadline",
                        "stage_id",
                    )
                },
            )
        elif self.result == "existing" and self.opportunity_id:
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
                lines.append(
                    {
                        "record_name": record_name,
                        "field_name": name,
                        "field_label": field._description_string(self.env),
                        "current_value": self._to_text(record, name, current),
                        "proposed_value": self._to_text(record, name, value),
                        "value": self._to_text(record, name, value),
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
        return str(value)

    def _get_overrides(self):
        """Return what the review says, as `crm.lead.convert_lead` takes it."""
        overrides = {}
        records = self._get_records_to_write()
        for line in self.value_ids:
            record, values = records.get(line.record_name, (None, {}))
            if line.field_name not in values:
                continue
            current = record._fields[line.field_name].convert_to_write(
                record[line.field_name], record
            )
            value = line._get_value(values[line.field_name], current)
            if value != values[line.field_name] or (record and current):
                overrides.setdefault(line.record_name, {})[line.field_name] = value
        return overrides

    def _get_preview(self):
        """Return the names of what is created, linked, and filled."""
        created, linked, filled = [], [], []
        lead = self.lead_id
        for name, (record, values) in self._get_records_to_write().items():
            if record:
                linked.append(record.display_name)
            elif name == "opportunity":
                created.append(self.env._("opportunity %s", lead.name))
            elif name == "account":
                created.append(self.env._("account %s", lead.partner_name))
            else:
                created.append(self.env._("contact %s", values["name"]))
        for line in self.value_ids:
            if line.is_written and (line.record_name == "opportunity") <= (
                self.result == "existing"
            ):
                record = self._get_records_to_write().get(line.record_name, (False,))[0]
                if record:
                    filled.append(line.field_label)
        return created, linked, list(dict.fromkeys(filled))

    # ------------------------------------------------------------
    # CONVERT
    # ------------------------------------------------------------

    def action_apply(self):
        if self.name == "merge" or self.result == "opportunity":
            return super().action_apply()
        self._action_convert()
        return self.lead_id.conversion_id.action_open_result()

    def _convert_and_allocate(self, leads, user_ids, team_id=False):
        """Convert the leads among the records as one batch, through the ledger, and
        leave the rest to the native wizard."""
        convertible = leads.filtered(
            lambda lead: (
                lead.type == "lead"
                and lead.active
                and lead.won_status == "pending"
                # To link a customer and name none: native converts without one.
                and (self.action != "exist" or self._get_linked_partner(lead))
            )
        )
        rest = leads - convertible
        result = super()._convert_and_allocate(rest, user_ids, team_id=team_id)
        if convertible:
            convertible = convertible.with_context(default_user_id=self.user_id.id)
            convertible._execute_conversions(self._get_plans(convertible))
        allocated = convertible.filtered(
            lambda lead: self.force_assignment or not lead.user_id
        )
        if user_ids and allocated:
            allocated._handle_salesmen_assignment(user_ids, team_id=team_id)
        return result

    def _get_linked_partner(self, lead):
        """Return the customer a lead is converted with, unless one is created.

        As in the native wizard: the one that was chosen, else the lead's.
        """
        return self.partner_id or lead.partner_id

    def _get_plans(self, leads):
        """Return the plan of each lead, from what was chosen."""
        plans = leads._plan_conversions(
            "account" if self.result == "account" else "opportunity",
            self.account_id.id,
            self.contact_id.id,
            self.opportunity_id.id if self.result == "existing" else False,
            self._get_overrides(),
        )
        return self._name_contacts(plans)

    @api.model
    def _name_contacts(self, plans):
        """Name contacts of leads that know no name after the lead, as native does."""
        for plan in plans:
            lead = plan.lead
            if not (plan.account or lead.partner_name or lead._get_contact_name()):
                contact = {"name": lead.name, **plan.get_overrides("contact")}
                plan.overrides = {**plan.overrides, "contact": contact}
        return plans
