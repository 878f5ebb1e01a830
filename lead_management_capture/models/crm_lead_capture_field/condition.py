from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.capture_fields import Condition


class CrmLeadCaptureField(models.Model):
    """Questions that show only after a certain answer to another one.

    A script of the form hides them; without it all are shown. What is required of a
    question that doesn't show is asked of nobody, and what is sent for it is kept.
    """

    _inherit = "crm.lead.capture.field"

    shown_if_id = fields.Many2one(
        "crm.lead.capture.field",
        copy=False,
        index="btree_not_null",
        domain="[('form_id', '=', form_id), ('id', '!=', id)]",
        help="Question of the saved form on whose answer it depends whether this one"
        " is shown. Leave it empty to show it always.",
    )
    shown_if_value = fields.Char(
        "Is Answered With",
        translate=True,
        help="Answers that show it, separated by commas. Leave it empty for any"
        " answer.",
    )

    @api.constrains("shown_if_id", "form_id")
    def _check_shown_if(self):
        """Refuse questions that depend on themselves, or on another form's."""
        for field in self.filtered("shown_if_id"):
            if field.shown_if_id.form_id != field.form_id or field._has_cycle(
                "shown_if_id"
            ):
                raise ValidationError(
                    self.env._(
                        "Whether “%(field)s” on the form “%(form)s” is shown can't"
                        " depend on “%(other)s”: that is on another form, or depends on"
                        " it itself. Choose another question.",
                        field=field.display_name,
                        form=field.form_id.name,
                        other=field.shown_if_id.display_name,
                    )
                )

    def _get_condition(self):
        """Return the `Condition` of the question, None when it always shows: also when
        what it depends on isn't asked any more."""
        other = self.shown_if_id
        safe = other and not other.is_constant and other._get_safe_field()
        if not safe:
            return None
        known = other._get_options_by_text()
        typed = self.shown_if_value or ""
        return Condition(
            safe.key,
            tuple(
                known.get(part.casefold(), part).lower()
                for part in self._split_answers(typed, known)
            ),
        )
