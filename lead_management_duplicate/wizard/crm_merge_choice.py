from odoo import api, fields, models
from odoo.fields import Command

# What is chosen together: under the first name, the fields
TOGETHER = {
    "contact_name": ("contact_name", "contact_first_name", "contact_last_name"),
    "street": ("street", "street2", "city", "zip", "state_id", "country_id"),
}


class CrmMergeOpportunity(models.TransientModel):
    """A choice, for each field in which the leads differ, whose value stays."""

    _inherit = "crm.merge.opportunity"

    choice_ids = fields.One2many("crm.merge.choice", "merge_id", "Values to Keep")

    def _open_with_choices(self, leads):
        """Return the action of a dialog that merges leads."""
        merge = self.create({"opportunity_ids": leads.ids})
        self.env["crm.merge.choice"].create(merge._prepare_choices())
        return merge._get_records_action(
            name=self.env._("Merge"), target="new", context={}
        )

    def _prepare_choices(self):
        """Return the values of a choice for each field in which the leads differ.

        First is what Odoo would keep without a choice.
        """
        leads = self.opportunity_ids._sort_by_confidence_level(reverse=True)
        names = (
            set(leads._merge_get_fields()) - leads._merge_get_fields_specific().keys()
        )
        data = leads._merge_data(list(names))
        parts = {part for name, group in TOGETHER.items() for part in group[1:]}
        typed = leads._get_typed_fields() | {"contact_name"}
        choices = []
        for field in leads._get_fields_to_merge():
            name = field.name
            if name not in (names & typed) - parts or field.type in (
                "many2many",
                "html",
            ):
                continue
            texts = {}
            for lead in leads:
                if text := self._get_text_of(lead, field):
                    is_kept = field.convert_to_write(lead[name], lead) == data[name]
                    texts.setdefault(text, (not is_kept, lead.id))
            if len(texts) > 1:
                values = sorted((rank, text) for text, rank in texts.items())
                label = field._description_string(self.env)
                choices.append(
                    {
                        "merge_id": self.id,
                        "name": name,
                        "label": self.env._("Address") if name == "street" else label,
                        "value_ids": [
                            Command.create({"lead_id": lead_id, "name": text})
                            for (_rank, lead_id), text in values
                        ],
                    }
                )
        return sorted(choices, key=lambda choice: choice["label"])

    def _get_text_of(self, lead, field):
        """Return a lead's value of a field as a text, an empty one if it has none."""
        names = TOGETHER["street"] if field.name == "street" else (field.name,)
        texts = []
        values = lead._get_values_to_merge([lead._fields[name] for name in names])
        for part, (value, currency) in values.items():
            texts.append(str(lead._format_value_left_out(part, value, currency)))
        return ", ".join(texts)

    def _get_choices(self):
        """Return whose value is chosen: a lead's id by the name of the field."""
        chosen = {}
        for choice in self.choice_ids:
            # In a dialog that is open, they are records in memory.
            lead = choice.value_id._origin.lead_id
            if lead in self.opportunity_ids._origin:
                names = TOGETHER.get(choice.name, (choice.name,))
                chosen.update(dict.fromkeys(names, lead.id))
        return chosen

    @api.depends("choice_ids.value_id")
    def _compute_left_out(self):
        return super()._compute_left_out()

    def _get_leads_to_merge(self):
        leads = super()._get_leads_to_merge()
        return leads.with_context(lead_merge_choices=self._get_choices())

    def action_merge(self):
        choices = self._get_choices()
        merge = self.with_context(lead_merge_choices=choices) if choices else self
        return super(CrmMergeOpportunity, merge).action_merge()


class CrmMergeChoice(models.TransientModel):
    _name = "crm.merge.choice"
    _inherit = ["lead.guard.mixin"]
    _description = "Choice Between Values of Leads"

    merge_id = fields.Many2one(
        "crm.merge.opportunity", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char("Technical Name", required=True, readonly=True)
    label = fields.Char("Field", required=True, readonly=True)
    value_ids = fields.One2many(
        "crm.merge.choice.value", "merge_choice_id", readonly=True
    )
    value_id = fields.Many2one(
        "crm.merge.choice.value", "Keep", domain="[('merge_choice_id', '=', id)]"
    )

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        for choice in choices:
            choice.value_id = choice.value_id or choice.value_ids[:1]
        return choices


class CrmMergeChoiceValue(models.TransientModel):
    _name = "crm.merge.choice.value"
    _inherit = ["lead.guard.mixin"]
    _description = "Value of a Lead to Be Merged"

    merge_choice_id = fields.Many2one(
        "crm.merge.choice", required=True, readonly=True, index=True, ondelete="cascade"
    )
    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(required=True, readonly=True)
