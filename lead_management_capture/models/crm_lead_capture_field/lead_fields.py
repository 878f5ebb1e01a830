from odoo import fields, models
from odoo.tools import ormcache
from odoo.tools.misc import frozendict

from ...tools import capture_fields
from ...tools.capture_fields import SafeField

# What is asked for by the type of a field
KINDS = {
    "char": "text",
    "text": "multiline",
    "integer": "integer",
    "float": "number",
    "monetary": "amount",
    "date": "date",
    "selection": "choice",
    "many2one": "option",
    "many2many": "options",
    "boolean": "checkbox",
}
DEFAULT_LENGTH = 200  # of a text in a field that has no limit of its own


class CrmLeadCaptureField(models.Model):
    """Other fields of the lead as questions: those of other addons, of Studio and of
    administrators."""

    _inherit = "crm.lead.capture.field"

    lead_field = fields.Selection(
        "_get_lead_fields", help="Which field of the lead it fills"
    )

    def _get_lead_fields(self):
        """Return the pairs of name and label of the fields that the current user may
        fill in, and that forms may ask for, by label."""
        kinds = self._get_lead_kinds()
        leads = self.env["crm.lead"]
        names = [name for name in leads._get_typed_fields() if name in kinds]
        pairs = [
            (name, leads._fields[name]._description_string(self.env)) for name in names
        ]
        return sorted(pairs, key=lambda pair: pair[1].casefold())

    def _get_lead_field_label(self, name):
        """Return what people call another field of the lead; its name if it is gone."""
        known = self.env["crm.lead"]._fields.get(name)
        return known._description_string(self.env) if known else name

    @ormcache()
    def _get_lead_kinds(self):
        """Return what other fields of the lead forms may ask for: kinds by name."""
        leads = self.env["crm.lead"].sudo()
        listed = {field.lead_field for field in capture_fields.FIELDS.values()}
        names = leads._get_typed_fields() - listed - self._get_given_fields()
        return frozendict(
            {
                name: kind
                for name in names
                if (kind := self._get_kind(leads._fields[name]))
            }
        )

    def _get_given_fields(self):
        """Return the names of fields that are a form's own business to give, or that
        say how a lead is worked. Extend for more."""
        return {
            *("campaign_id", "medium_id", "team_id", "queue_id", "lang_id", "stars"),
            *("recycle_date", "recycle_reason"),
        }

    def _get_kind(self, field):
        """Return what a field of the lead is asked for as, None where it can't be."""
        kind = KINDS.get(field.type)
        if kind in ("option", "options") and not self._is_list_of_choices(
            self.env[field.comodel_name]
        ):
            return None
        return kind

    def _is_list_of_choices(self, model):
        """Tell whether anybody on the web may read the names of the records of a model.
        People, companies, and what is talked about in a chatter aren't choices."""
        return not (
            model._abstract
            or model._transient
            or model._inherits
            or model._name.startswith(("ir.", "res.partner.bank"))
            or model._name in ("res.partner", "res.users", "res.company")
            or hasattr(model, "message_post")
        )

    def _get_lead_safe_field(self):
        """Return the `SafeField` of another field of the lead, None when it is gone."""
        kind = self._get_lead_kinds().get(self.lead_field)
        if not kind:
            return None
        field = self.env["crm.lead"]._fields[self.lead_field]
        length = getattr(field, "size", None) or DEFAULT_LENGTH
        return self._make_safe_field(field.string, kind, length)

    def _make_safe_field(self, label, kind, length=DEFAULT_LENGTH):
        return SafeField(
            key=capture_fields.LEAD_PREFIX + self.lead_field,
            lead_field=self.lead_field,
            label=label,
            kind=kind,
            length=length if kind == "text" else 0,
            is_wide=kind in capture_fields.OF_LINES,
        )
