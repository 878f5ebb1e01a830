from odoo import api, fields, models

from .crm_team import RUN, MergeRun


class CrmLead(models.Model):
    """Merges of leads are entered in the ledger."""

    _inherit = "crm.lead"

    merge_count = fields.Integer("Merges", compute="_compute_merge_count")

    @api.depends_context("uid")
    def _compute_merge_count(self):
        self.env["crm.merge"]._count_merges(self)

    def _get_rare_fields(self):
        return super()._get_rare_fields() | {
            "merge_count": ("crm.merge", "lead_id", "id"),
        }

    def unlink(self):
        run = self.env.context.get(RUN)
        if isinstance(run, MergeRun):
            run.keep()
        return super().unlink()

    def action_open_merges(self):
        """Return the action that lists what was merged into the leads."""
        return self.env["crm.merge"]._get_action_of(self, self.env._("Merges"))

    def _forget_person(self, email):
        result = super()._forget_person(email)
        self.env["crm.merge"].sudo()._forget_email(email)
        return result

    def _merge_opportunity(
        self, user_id=False, team_id=False, auto_unlink=True, max_length=5
    ):
        arguments = user_id, team_id, auto_unlink, max_length
        kept = self._sort_by_confidence_level(reverse=True)[:1]
        run = self.env.context.get(RUN)
        if isinstance(run, MergeRun) and (entry := run.take(self, kept)):
            result = super()._merge_opportunity(*arguments)
            run.done.append((entry, result))
            return result
        with self.env["crm.merge"]._recording(self - kept, kept, not auto_unlink):
            result = super()._merge_opportunity(*arguments)
        self.env["crm.lead.duplicate"]._close_merged(result, self - result)
        return result
