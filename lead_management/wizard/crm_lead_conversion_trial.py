from odoo import fields, models
from odoo.fields import Command
from odoo.tools import html2plaintext

from ..models.crm_lead.conversion_plan import CUSTOMER_FIELDS, Plan
from ..models.crm_lead_conversion_mapping.mapping import RECORDS
from ..models.record_field import (
    DOT,
    fold_properties,
    get_field,
    unfold_properties,
)

TRIED = 50


class CrmLeadConversionTrial(models.TransientModel):
    """What the mapping as it is now would have written differently.

    The last conversions are planned once more: of the lead as the ledger has it from
    before, to the same account, contact and opportunity as they were then, as far as
    the ledger knows. What the plan would write is compared with what was written.
    Nothing is written to any of these records.

    What somebody changed in the review differs from the mapping, too. What native code
    converted by itself was none of the mapping's, and is left out, as is what the user
    may not open.
    """

    _name = "crm.lead.conversion.trial"
    _description = "Trial of the Conversion Mapping"

    summary = fields.Char(readonly=True)
    line_ids = fields.One2many(
        "crm.lead.conversion.trial.line",
        "trial_id",
        "What Would Be Different",
        readonly=True,
    )

    def _prepare_trial(self):
        """Return the values of a trial of the mapping as it is now."""
        entries = self._get_entries()
        lines = [values for entry in entries for values in self._try_entry(entry)]
        changed = {values["conversion_id"] for values in lines}
        if not entries:
            summary = self.env._("There is no conversion yet to try the mapping on.")
        else:
            summary = self.env._(
                "Last conversions: %(count)s. Written differently by this mapping:"
                " %(changed)s.",
                count=len(entries),
                changed=len(changed),
            )
        return {
            "summary": summary,
            "line_ids": [Command.create(values) for values in lines],
        }

    def _get_entries(self):
        """Return the last conversions, of those the ones by way of the mapping."""
        entries = self.env["crm.lead.conversion"].search(
            [("undone_date", "=", False)], limit=TRIED
        )
        return entries.filtered(
            lambda entry: (
                isinstance(entry.sudo().created, list)
                and all(
                    record._filtered_access("read") == record
                    for record in (entry[f"{name}_id"] for name, _label in RECORDS)
                )
            )
        )

    def _try_entry(self, entry):
        """Return the values of a line for each value that would be another one."""
        review = self.env["crm.lead2opportunity.partner"]
        plan = self._get_plan_then(entry)
        lines = []
        for record_name, _label in RECORDS:
            record = entry[f"{record_name}_id"]
            if not record:
                continue
            names, then = self._get_written_then(plan, entry, record_name)
            now = plan.get_written(record_name)
            record = record.with_env(self.env)
            for name in sorted(names & (now.keys() | then.keys())):
                before = self._get_text(record, name, then.get(name))
                after = self._get_text(record, name, now.get(name))
                # Whatever has a default gets it where the lead says nothing.
                is_default = name == "lang" or self._is_default(record, name, then)
                if before != after and (after or not is_default):
                    lines.append(
                        {
                            "conversion_id": entry.id,
                            "record_name": record_name,
                            "field_label": review._get_label(record, name),
                            "before": before,
                            "after": after,
                        }
                    )
        return lines

    def _is_default(self, record, name, values):
        """Tell whether a property has the value that new records get."""
        if DOT not in name:
            return False
        default = get_field(record, name).default
        return bool(default) and default == values.get(name)

    # ------------------------------------------------------------
    # AS IT WAS
    # ------------------------------------------------------------

    def _get_plan_then(self, entry):
        """Return the plan of a conversion as it would be made now, from what there was
        then. Its records are in memory only."""
        kept = entry.sudo()
        created = {tuple(record) for record in kept.created or ()}
        owners = {
            values.get("user_id")
            for key, values in (kept.result_values or {}).items()
            if key.startswith("res.partner,")
        }

        def then(record):
            if not record or (record._name, record.id) in created:
                return record.browse()
            return record.new(self._get_values_then(kept, record), origin=record)

        lead = entry.lead_id.with_context(default_user_id=next(iter(owners), False))
        keeps_lead = entry.opportunity_id == entry.lead_id
        return Plan(
            lead=lead.new(self._get_lead_values(kept), origin=lead),
            target=entry.target,
            account=then(entry.account_id),
            contact=then(entry.contact_id),
            opportunity=lead.browse() if keeps_lead else then(entry.opportunity_id),
            overrides={},
        )

    def _get_lead_values(self, kept):
        """Return what the lead said before it was converted, as far as its fields, and
        the records it linked, are still there."""
        lead, values = kept.lead_id, {}
        for name, value in (kept.snapshot or {}).items():
            field = lead._fields.get(name)
            if field and field.relational:
                records = self.env[field.comodel_name].browse(value).exists()
                if field.type == "many2many":
                    value = [Command.set(records.ids)]
                else:
                    value = records.id
            if field:
                values[name] = value
        return values

    def _get_values_then(self, kept, record):
        """Return what a linked record had before, of what was filled there."""
        values = {}
        for model_name, record_id, name, old, new in kept.filled or ():
            if (model_name, record_id) != (record._name, record.id):
                continue
            field = get_field(record, name)
            if field and field.type == "many2many" and DOT not in name:
                values[name] = [Command.set(set(record[name].ids) - set(new))]
            elif field:
                values[name] = old
        return fold_properties(record, values)

    def _get_written_then(self, plan, entry, record_name):
        """Return what was written to a record.

        :return: the names of the fields to compare, and values by name
        """
        kept, record = entry.sudo(), entry[f"{record_name}_id"]
        lines = self.env["crm.lead.conversion.mapping"].with_context(active_test=False)
        lines = lines.search([("record_name", "=", record_name)])
        names = {name for name in lines.mapped("field_name") if get_field(record, name)}
        if record_name == "opportunity" and plan.keeps_lead:
            rules = plan.lead._get_mapping(record_name)
            names -= {*CUSTOMER_FIELDS, "partner_name"} | {
                name for name in names if name not in rules or rules[name].is_same
            }
            old, new = (
                unfold_properties(
                    record, {name: both[n] for name, both in kept.changed.items()}
                )
                for n in (0, 1)
            )
            return names, {
                name: _get_added(old.get(name), value) if DOT in name else value
                for name, value in new.items()
            }
        key = f"{record._name},{record.id}"
        if [record._name, record.id] in (kept.created or ()):
            created = (kept.result_values or {}).get(key, {})
            return names, unfold_properties(record, created)
        return names, {
            name: _get_added(old, new)
            for model_name, record_id, name, old, new in kept.filled or ()
            if (model_name, record_id) == (record._name, record.id)
        }

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    def _get_text(self, record, name, value):
        """Return a value as people read it, of records those that the user may open."""
        field = get_field(record, name)
        if not field:
            return False
        if field.relational and value:
            ids = [value] if isinstance(value, int) else value
            known = [one for one in ids if not isinstance(one, str)]
            records = self.env[field.comodel_name].browse(known).exists()
            texts = records._filtered_access("read").mapped("display_name")
            texts += [one for one in ids if isinstance(one, str)]
            return ", ".join(sorted(texts)) or False
        if field.type == "html":
            return html2plaintext(value or "").strip() or False
        review = self.env["crm.lead2opportunity.partner"]
        return review._to_text(record, name, value) or False


def _get_added(old, new):
    """Return what became of a value: of a list, what was added."""
    if not isinstance(new, list):
        return new
    return [one for one in new if one not in (old or [])]


class CrmLeadConversionTrialLine(models.TransientModel):
    """A value that would be another one."""

    _name = "crm.lead.conversion.trial.line"
    _description = "Difference in a Trial of the Conversion Mapping"

    trial_id = fields.Many2one(
        "crm.lead.conversion.trial", required=True, index=True, ondelete="cascade"
    )
    conversion_id = fields.Many2one(
        "crm.lead.conversion", required=True, index=True, ondelete="cascade"
    )
    lead_id = fields.Many2one(related="conversion_id.lead_id")
    record_name = fields.Selection(RECORDS, "Record", required=True)
    field_label = fields.Char("Field")
    before = fields.Char("Was Written")
    after = fields.Char("Would Be Written")
