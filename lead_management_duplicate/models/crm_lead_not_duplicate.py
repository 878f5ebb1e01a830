from odoo import fields, models, tools
from odoo.fields import Command

from ..tools.pairs_apart import get_pairs


class CrmLead(models.Model):
    """Which other leads a lead is no duplicate of, and what merging does to groups."""

    _inherit = "crm.lead"

    not_duplicate_ids = fields.Many2many(
        "crm.lead",
        "crm_lead_not_duplicate_rel",
        "lead_id",
        "other_id",
        "Not Duplicates",
        copy=False,
        readonly=True,
        system=True,
        help="Leads that somebody has marked as other people's; kept for one of the"
        " two",
    )

    def action_not_duplicate(self):
        """Take leads out of the group of duplicates that is shown.

        The group is the context's `lead_duplicate_id`.
        """
        return self.env["crm.lead.duplicate"]._leave_shown(self, "lead_duplicate_id")

    def _keep_apart(self, groups):
        """Remember which leads are no duplicates of each other."""
        self.env.registry.clear_cache()
        for lead_id, other_ids in get_pairs(groups).items():
            self.browse(lead_id).sudo().not_duplicate_ids = [
                Command.link(other_id) for other_id in other_ids
            ]

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        if self._has_pairs_apart():
            # What was said of those that go holds for the one that is left.
            leads = self.sudo().with_context(active_test=False)
            gone = leads.browse(opportunities.ids)
            apart = gone.not_duplicate_ids | leads.search(
                [("not_duplicate_ids", "in", gone.ids)]
            )
            if apart := apart - self - opportunities:
                leads.not_duplicate_ids |= apart
        return result

    @tools.ormcache()
    def _has_pairs_apart(self):
        """Return whether leads were ever said to be no duplicates: merging asks, also
        for each of the thousands that the assignment of teams merges."""
        leads = self.sudo().with_context(active_test=False)
        return bool(leads.search_count([("not_duplicate_ids", "!=", False)], limit=1))

    def _merge_data(self, fnames=None):
        data = super()._merge_data(fnames)
        # Whoever sends it chooses among the values that these leads have.
        chosen = self.env.context.get("lead_merge_choices")
        if isinstance(chosen, dict):
            for name, lead_id in chosen.items():
                lead = self.filtered(lambda one, id_=lead_id: one.id == id_)
                if lead and name in data:
                    field = self._fields[name]
                    data[name] = field.convert_to_write(lead[name], lead)
        return data
