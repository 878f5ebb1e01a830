from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import capture_fields

# Which records of a field's model are offered, where it isn't all of them
OPTION_DOMAINS = {"source": [("is_lead_source", "=", True)]}


class CrmLeadCaptureField(models.Model):
    """A question of a web form.

    Which field of the lead it fills is chosen from a fixed list, and so is the name of
    its input; label, help, placeholder and order are free and change nothing else.
    """

    _name = "crm.lead.capture.field"
    _description = "Field of a Web Form"
    _inherit = ["lead.guard.mixin", "crm.lead.capture.cached.mixin"]
    _order = "sequence, id"
    _rec_name = "key"

    form_id = fields.Many2one(
        "crm.lead.capture.form", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    key = fields.Selection(
        [(field.key, field.label) for field in capture_fields.FIELDS.values()],
        "Field",
        required=True,
        help="What the visitor is asked for",
    )
    name = fields.Char(
        "Input Name",
        compute="_compute_name",
        help="Name of the input in the HTML. It stays the same whatever the label"
        " says.",
    )
    default_label = fields.Char(compute="_compute_default_label")
    label = fields.Char(
        translate=True,
        help="Leave it empty to use the usual name in the visitor's language",
    )
    help_text = fields.Char("Help", translate=True, help="Small print below the input")
    placeholder = fields.Char(
        translate=True, help="Example shown while the input is empty"
    )
    required = fields.Boolean(help="The form can't be sent without it")

    # Checked in the end, so that `_check_key` can say it in words before.
    _key_unique = models.Constraint(
        "UNIQUE(form_id, key) DEFERRABLE INITIALLY DEFERRED",
        "A form can ask for a field only once. Remove one of the two lines.",
    )

    @api.constrains("form_id", "key")
    def _check_key(self):
        twice = self._read_group(
            [("form_id", "in", self.form_id.ids), ("key", "in", self.mapped("key"))],
            ["form_id", "key"],
            having=[("__count", ">", 1)],
        )
        labels = dict(self._fields["key"]._description_selection(self.env))
        for form, key in twice:
            raise ValidationError(
                self.env._(
                    "The form “%(form)s” asks for “%(field)s” twice. Remove one of the"
                    " two lines, or choose another field for it.",
                    form=form.name,
                    field=labels[key],
                )
            )

    @api.depends("key")
    def _compute_name(self):
        for field in self:
            field.name = field.key

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_default_label(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for field in self:
            field.default_label = labels.get(field.key, False)

    @api.depends("label", "default_label")
    def _compute_display_name(self):
        for field in self:
            field.display_name = field.label or field.default_label

    def _get_safe_field(self):
        """Return what the list of safe fields says about this one."""
        self.ensure_one()
        return capture_fields.FIELDS[self.key]

    def _get_options(self):
        """Return the pairs of value and text to choose from; empty where visitors type.

        The value of a country is its code, of another record its id.
        """
        self.ensure_one()
        safe = self._get_safe_field()
        if safe.input_type != "select":
            return []
        records = self._find_options(safe)
        if safe.kind == "country":
            # By their names in the visitor's language
            countries = records.filtered("code").sorted("name")
            return [(country.code, country.name) for country in countries]
        return [(str(record.id), record.name) for record in records]

    @api.model
    def _find_options(self, safe, domain=()):
        """Return the records that visitors may choose from.

        :param safe: a field of the list of safe ones
        :param domain: which of them to look for
        """
        model = self.env["crm.lead"]._fields[safe.lead_field].comodel_name
        return (
            self.env[model]
            .with_context(picklist_order=True)
            .search([*OPTION_DOMAINS.get(safe.key, ()), *domain])
        )
