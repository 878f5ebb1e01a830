from markupsafe import Markup

from odoo import api, fields, models

from ..tools.summary import get_summary


class CrmLeadConversionUndo(models.TransientModel):
    """Say what undoing conversions does before it is done, and do it.

    What it says is the plan by which it is done; see `crm.lead.conversion`.
    """

    _name = "crm.lead.conversion.undo"
    _description = "Undo Conversion"

    conversion_ids = fields.Many2many(
        "crm.lead.conversion", string="Conversions", required=True
    )
    can_undo = fields.Boolean(compute="_compute_summary")
    refusal = fields.Text(compute="_compute_summary", help="Why it can't be undone")
    summary = fields.Html(
        compute="_compute_summary",
        sanitize=False,
        help="What is deleted, archived and put back",
    )

    @api.depends("conversion_ids")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for wizard in self:
            refusals, parts = [], []
            for conversion in wizard.conversion_ids._origin:
                plan = conversion._plan_undo()
                if plan.refusals:
                    refusals.append(conversion._get_refusal_text(plan.refusals))
                else:
                    parts.append(wizard._get_part(conversion, plan))
            wizard.refusal = "\n".join(refusals)
            wizard.can_undo = bool(parts) and not refusals
            wizard.summary = Markup().join(parts)

    def _get_part(self, conversion, plan):
        """Return what undoing one conversion does, as HTML."""
        lead = conversion.lead_id
        filled = {}
        for record, name, _old, _new in plan.put_back:
            filled.setdefault(record, []).append(name)
        sections = [
            (
                self.env._("Deleted"),
                [conversion._get_name(record) for record in plan.deleted],
            ),
            (
                self.env._("Archived, so that nothing is lost"),
                [
                    f"{conversion._get_name(record)} ({'; '.join(reasons)})"
                    for record, reasons in plan.archived.items()
                ],
            ),
            (
                self.env._("Put back"),
                [
                    self.env._(
                        "“%(lead)s” is a lead again, with its values and the status"
                        " it had",
                        lead=lead.display_name,
                    ),
                    *(
                        self.env._(
                            "%(fields)s of %(record)s",
                            fields=conversion._get_labels(record, names),
                            record=conversion._get_name(record),
                        )
                        for record, names in filled.items()
                    ),
                ],
            ),
            (self.env._("Left as it is"), conversion._get_left_lines(plan)),
        ]
        return get_summary(sections)

    def action_apply(self):
        """Undo the conversions.

        :return: the action that opens the lead again, or the list that is left
        :raise UserError: one can't be undone; gives every reason
        """
        action = self.conversion_ids.action_undo()
        if action is True:
            return {"type": "ir.actions.act_window_close"}
        return action
