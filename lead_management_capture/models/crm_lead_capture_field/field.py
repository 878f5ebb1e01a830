from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import capture_fields
from ...tools.capture_fields import SafeField

LEAD_FIELD = "lead_field"
# Questions that are no field of the lead, and what is asked for
OWN_KINDS = {
    "own_text": "text",
    "own_multiline": "multiline",
    "own_choice": "choice",
    "own_choices": "choices",
    "own_checkbox": "checkbox",
    "own_files": "files",
}
OWN_LENGTH = 500


class CrmLeadCaptureField(models.Model):
    """A question of a web form.

    Which field of the lead it fills is chosen from a fixed list, or from the other
    fields of the lead; a question of the form's own fills none, and its answer goes to
    the notes. The name of its input follows from that and stays the same; label, help,
    placeholder and order are free and change nothing else.
    """

    _name = "crm.lead.capture.field"
    _description = "Field of a Web Form"
    _inherit = ["lead.guard.mixin", "lead.cached.mixin"]
    _order = "sequence, id"
    _rec_name = "key"

    form_id = fields.Many2one(
        "crm.lead.capture.form", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    key = fields.Selection(
        [
            *((field.key, field.label) for field in capture_fields.FIELDS.values()),
            (LEAD_FIELD, "Other field"),
            ("own_text", "Custom question"),
            ("own_multiline", "Custom long text"),
            ("own_choice", "Custom choice"),
            ("own_choices", "Custom choices"),
            ("own_checkbox", "Custom checkbox"),
            ("own_files", "Files"),
        ],
        "Field",
        required=True,
        help="What the visitor is asked for: a usual field, any other one of the lead,"
        " or a question of your own, whose answer goes to the lead's notes",
    )
    name = fields.Char(
        "Input Name",
        compute="_compute_name",
        help="Name of the input in the HTML. It stays the same whatever the label"
        " says.",
    )
    # What a form can ask for once: the name of the input, nothing for its own questions
    once_name = fields.Char(compute="_compute_once_name", store=True)
    is_own = fields.Boolean(compute="_compute_is_own")
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
        "UNIQUE(form_id, once_name) DEFERRABLE INITIALLY DEFERRED",
        "A form can ask for a field only once. Remove one of the two lines.",
    )

    @api.constrains("form_id", "key", "lead_field")
    def _check_key(self):
        """Refuse to ask for a field twice, or for one that it isn't said which."""
        offered = (
            dict(self._get_lead_fields()) if any(self.mapped("lead_field")) else {}
        )
        for field in self:
            if field.key == LEAD_FIELD and not field.lead_field:
                raise ValidationError(
                    self.env._(
                        "The form “%(form)s” asks for another field of the lead, and"
                        " doesn't say which. Choose it beside “Other field”.",
                        form=field.form_id.name,
                    )
                )
            if field.lead_field and field.lead_field not in offered:
                raise ValidationError(
                    self.env._(
                        "The form “%(form)s” can't ask for the field “%(field)s” of the"
                        " lead: it is gone, you may not fill it in, or it isn't for"
                        " visitors. Choose another one.",
                        form=field.form_id.name,
                        field=field.default_label,
                    )
                )
        twice = self._read_group(
            [
                ("form_id", "in", self.form_id.ids),
                ("once_name", "in", self.filtered("once_name").mapped("once_name")),
            ],
            ["form_id", "once_name"],
            ["id:recordset"],
            having=[("__count", ">", 1)],
        )
        for form, _name, lines in twice:
            raise ValidationError(
                self.env._(
                    "The form “%(form)s” asks for “%(field)s” twice. Remove one of the"
                    " two lines, or choose another field for it.",
                    form=form.name,
                    field=lines[0].default_label,
                )
            )

    @api.depends("key", "lead_field")
    def _compute_once_name(self):
        for field in self:
            name = field.key
            if field.key == LEAD_FIELD:
                name = capture_fields.LEAD_PREFIX + (field.lead_field or "")
            field.once_name = False if field.key in OWN_KINDS else name

    @api.depends("key")
    def _compute_is_own(self):
        for field in self:
            field.is_own = field.key in OWN_KINDS

    @api.depends("once_name")
    def _compute_name(self):
        for field in self:
            number = field._origin.id or 0
            field.name = field.once_name or f"{capture_fields.QUESTION_PREFIX}{number}"

    @api.depends("key", "lead_field")
    @api.depends_context("lang")
    def _compute_default_label(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for field in self:
            label = labels.get(field.key, False)
            if field.key == LEAD_FIELD and field.lead_field:
                label = self._get_lead_field_label(field.lead_field)
            field.default_label = label

    @api.depends("label", "default_label")
    def _compute_display_name(self):
        for field in self:
            field.display_name = field.label or field.default_label

    def _get_safe_field(self):
        """Return the `SafeField` of the question, None when its field of the lead is
        gone or isn't chosen yet."""
        self.ensure_one()
        if self.key == LEAD_FIELD:
            return self._get_lead_safe_field()
        if kind := OWN_KINDS.get(self.key):
            return SafeField(
                key=self.name,
                lead_field="",
                label=self.label or "",
                kind=kind,
                length=OWN_LENGTH if kind == "text" else 0,
                is_wide=kind in capture_fields.OF_LINES,
                files=self._get_file_limits() if kind == "files" else None,
            )
        return capture_fields.FIELDS.get(self.key)
