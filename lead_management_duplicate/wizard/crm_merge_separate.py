from odoo import api, fields, models

from odoo.addons.lead_management.tools.summary import get_summary


class CrmMergeSeparate(models.TransientModel):
    """Say what separating does before it is done, and do it.

    What it says is the plan by which it is done; see `crm.merge`.
    """

    _name = "crm.merge.separate"
    _description = "Separate Merged Records"

    merge_id = fields.Many2one("crm.merge", required=True, ondelete="cascade")
    can_separate = fields.Boolean(compute="_compute_summary")
    refusal = fields.Text(
        compute="_compute_summary", help="Why they can't be separated"
    )
    summary = fields.Html(
        compute="_compute_summary",
        sanitize=False,
        help="What comes back, is put back, and stays",
    )

    @api.depends("merge_id")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for wizard in self:
            merge = wizard.merge_id._origin
            plan = merge and merge._plan_separate()
            wizard.can_separate = plan and not plan.refusals
            wizard.refusal = (
                merge._get_refusal_text(plan.refusals)
                if plan and plan.refusals
                else False
            )
            wizard.summary = (
                wizard._get_text(merge, plan) if wizard.can_separate else False
            )

    def _get_text(self, merge, plan):
        """Return what separating does, as HTML."""
        ledger = self.env["crm.lead.conversion"]
        survivor = merge._get_survivor()
        sections = [
            (
                self.env._("Comes back"),
                [
                    self.env._(
                        "%s, with all values as they were before the merge",
                        merge.merged_names,
                    )
                ],
            ),
            (self.env._("Moved back"), merge._get_moved_lines(plan)),
            (
                self.env._("Put back"),
                [
                    self.env._(
                        "%(fields)s of %(record)s",
                        fields=ledger._get_labels(survivor, sorted(plan.put_back)),
                        record=survivor.display_name,
                    )
                ]
                if plan.put_back
                else [],
            ),
            (
                self.env._("Left as it is"),
                [
                    *merge._get_left_lines(plan),
                    self.env._(
                        "What has come to %s since the merge", survivor.display_name
                    ),
                ],
            ),
        ]
        return get_summary(sections)

    def action_apply(self):
        """Separate them.

        :return: the action that opens the record that was left
        :raise UserError: it can't be done; gives every reason
        """
        return self.merge_id.action_separate()
