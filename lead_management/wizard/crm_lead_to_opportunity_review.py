from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, format_datetime, html2plaintext

from ..models.crm_lead.conversion_plan import Plan
from ..models.record_field import get_field
from .crm_lead_convert_value import TYPED_FIELDS
from .crm_lead_to_opportunity import KEPT

# The fields of the wizard in which the new opportunity is reviewed, by its own
OPPORTUNITY_FIELDS = {
    "name": "opportunity_name",
    "expected_revenue": "expected_revenue",
    "date_deadline": "date_deadline",
    "stage_id": "stage_id",
}


class CrmLead2opportunityPartner(models.TransientModel):
    """The review: what will be written is shown and can be changed.

    A new opportunity has fields of its own here. All else that is written has a line:
    what the `Plan` of the conversion proposes for account, contact and opportunity, a
    line for each field. A blank field is filled, what a record has already is replaced
    only where that is ticked. What was changed in a line stays when another account is
    chosen, unless the lead's value, or the account's, is another one there.
    """

    _inherit = "crm.lead2opportunity.partner"

    opportunity_name = fields.Char(compute="_compute_opportunity_values", **KEPT)
    expected_revenue = fields.Monetary(compute="_compute_opportunity_values", **KEPT)
    currency_id = fields.Many2one(related="lead_id.company_currency")
    date_deadline = fields.Date(
        "Expected Closing", compute="_compute_opportunity_values", **KEPT
    )
    stage_id = fields.Many2one(
        "crm.stage",
        compute="_compute_opportunity_values",
        **KEPT,
        domain="['|', ('team_ids', '=', False), ('team_ids', 'in', team_id)]",
    )
    value_ids = fields.One2many(
        "crm.lead.convert.value",
        "wizard_id",
        "What Will Be Written",
        compute="_compute_value_ids",
        **KEPT,
    )

    @api.depends("lead_id")
    def _compute_opportunity_values(self):
        for wizard in self:
            for name, value in wizard._get_opportunity_defaults().items():
                wizard[OPPORTUNITY_FIELDS[name]] = value

    def _get_opportunity_defaults(self):
        """Return what a new opportunity has in the fields that are reviewed by
        themselves: what the lead says, and what the mapping gives there."""
        lead = self.lead_id._origin
        values = {name: lead[name] for name in OPPORTUNITY_FIELDS}
        nobody = self.env["res.partner"]
        if lead:
            plan = Plan(lead, "opportunity", nobody, nobody, lead.browse(), {})
            values.update(
                {
                    name: proposal.value
                    for name, proposal in plan.propose("opportunity").items()
                    if name in OPPORTUNITY_FIELDS and proposal.is_written
                }
            )
        return values

    @api.depends(
        *("account_id", "contact_id", "result", "opportunity_id", "lead_id", "user_id"),
        "shares_address",
    )
    def _compute_value_ids(self):
        for wizard in self:
            changed = {line._get_key_of(line): line for line in wizard.value_ids}
            lines = wizard._prepare_values() if wizard.lead_id else []
            for values in lines:
                key = wizard.value_ids._get_key_of(values)
                if key in changed:
                    values.update(changed[key]._get_changes(values))
            wizard.value_ids = [
                Command.clear(),
                *(Command.create(values) for values in lines),
            ]

    # ------------------------------------------------------------
    # WHAT WILL BE WRITTEN
    # ------------------------------------------------------------

    def _prepare_values(self):
        """Return the lines of the review: what is new to a field of a record."""
        plan = self._get_plan()
        reviewed = plan.lead._get_reviewed_fields()
        lines = []
        for record_name, proposals in plan.propose_all().items():
            record = getattr(plan, record_name)
            record = record or (
                plan.lead if record_name == "opportunity" else plan.account.browse()
            )
            asked = self._get_questions(plan, record_name, record, proposals)
            lines += [
                self._prepare_value(plan, record_name, record, name, proposal)
                | {"question": asked.get(name, False)}
                for name, proposal in proposals.items()
                if name in asked
                or (
                    name in reviewed[record_name]
                    and not (record == plan.lead and name in OPPORTUNITY_FIELDS)
                    and proposal.value
                    and proposal.value != proposal.current
                )
            ]
        return lines

    def _prepare_value(self, plan, record_name, record, name, proposal):
        """Return a line of the review."""
        field = get_field(record, name)
        text = self._to_text(record, name, proposal.value)
        is_link = field.type == "many2one"
        return {
            "record_name": record_name,
            "field_name": name,
            "field_label": self._get_label(record, name),
            "current_value": self._to_text(record, name, proposal.current),
            "proposed_value": text,
            "value": text,
            "comodel": is_link and field.comodel_name,
            "proposed_id": is_link and proposal.value,
            "value_id": is_link and proposal.value,
            # What comes from the customer isn't changed there unseen.
            "is_typed": field.type in TYPED_FIELDS and record != plan.lead,
            "is_written": proposal.is_written,
            "is_proposed": proposal.is_written,
        }

    def _get_label(self, record, name):
        if name == "user_id":
            return self.env._("Owner")
        field = get_field(record, name)
        label = field._description_string(self.env) if field else name
        currency = self._get_currency(record, name)
        if currency and currency != self.lead_id.company_currency:
            return f"{label} ({currency.name})"
        return label

    def _get_currency(self, record, name):
        """Return the currency of an amount, none of other fields."""
        field = get_field(record, name)
        if not field or field.type != "monetary":
            return self.env["res.currency"]
        currency = record[field.get_currency_field(record)]
        return currency or self.lead_id.company_currency

    def _to_text(self, record, name, value):
        """Return a value, as a `Proposal` has it, as people read it."""
        field = get_field(record, name)
        if not (field and value):
            return False
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name
        if field.type == "many2many":
            ids = [one for one in value if not isinstance(one, str)]
            names = [one for one in value if isinstance(one, str)]
            records = self.env[field.comodel_name].browse(ids)
            return ", ".join([*records.mapped("display_name"), *names])
        if field.type == "boolean":
            return self.env._("Yes")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type == "tags":
            labels = dict(field._description_selection(self.env))
            return ", ".join(labels.get(key, key) for key in value)
        if field.type == "html":
            return html2plaintext(value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value)
        if field.type in ("integer", "float", "monetary"):
            currency = self._get_currency(record, name)
            return self.value_ids._format_number(value, currency)
        return str(value)

    def _get_overrides(self, names=None):
        """Return what the review says, as `crm.lead.convert_lead` takes it.

        :param names: the fields to look at; None for all
        """
        plan = self._get_plan()
        proposals = plan.propose_all()
        overrides = {}
        for line in self.value_ids:
            name = line.field_name
            proposal = proposals.get(line.record_name, {}).get(name)
            if proposal is None or (names is not None and name not in names):
                continue
            record = getattr(plan, line.record_name)
            model = record if line.record_name != "opportunity" else plan.lead
            value = line._get_value(
                get_field(model, name), proposal, self._get_currency(model, name)
            )
            if names is None and name == "name" and not record and not value:
                raise UserError(
                    self.env._(
                        "%(record)s needs a name: tick the line of its name, or choose"
                        " one that exists.",
                        record=line._get_record_label(),
                    )
                )
            overrides.setdefault(line.record_name, {})[name] = value
        if names is None:
            opportunity = self._get_opportunity_overrides()
            overrides.setdefault("opportunity", {}).update(opportunity)
        return overrides

    def _get_opportunity_overrides(self):
        """Return the values of a new opportunity that aren't the lead's."""
        if self.result != "opportunity" or not self.lead_id:
            return {}
        lead, defaults = self.lead_id, self._get_opportunity_defaults()
        return {
            name: self._fields[own_name].convert_to_write(self[own_name], self)
            for name, own_name in OPPORTUNITY_FIELDS.items()
            if self[own_name] != defaults[name]
            # A blank name or stage is none; the lead's stays.
            and (self[own_name] or not lead._fields[name].required)
        }
