from odoo import api, fields, models
from odoo.tools import format_list

SHOWN_LEADS = 5


class CrmLead2opportunityPartner(models.TransientModel):
    """What merging with other leads does, said before it is done."""

    _inherit = "crm.lead2opportunity.partner"

    duplicate_count = fields.Integer(
        compute="_compute_merge_result",
        help="How many other leads and opportunities seem to be of the same contact",
    )
    merge_result = fields.Text(
        compute="_compute_merge_result", help="What a merge keeps, and what is lost"
    )

    @api.depends("lead_id", "duplicated_lead_ids")
    def _compute_merge_result(self):
        for wizard in self:
            lead = wizard.lead_id._origin
            others = wizard.duplicated_lead_ids._origin - lead
            wizard.duplicate_count = len(others)
            wizard.merge_result = (
                wizard._get_merge_result(others) if lead and others else False
            )

    def _get_merge_result(self, others):
        """Say what a merge with other leads keeps, and what is lost."""
        lead = self.lead_id._origin
        ranked = (lead | others)._sort_by_confidence_level(reverse=True)
        kept, gone = ranked[0], ranked[1:]
        names = gone[:SHOWN_LEADS].mapped("display_name")
        if len(gone) > len(names):
            names.append(self.env._("%s more", len(gone) - len(names)))
        lines = [
            self.env._(
                "“%(kept)s” is kept. Merged into it and deleted: %(gone)s.",
                kept=kept.display_name,
                gone=format_list(self.env, names),
            ),
            self.env._(
                "What is kept gets the messages, files and activities of the others,"
                " and their values where it has none. Where it has one, theirs"
                " is lost, but for what the note about the merge lists."
            ),
        ]
        if kept.type == "opportunity":
            lines.append(
                self.env._(
                    "No account and no contact is created. To keep this lead, convert"
                    " it into the existing opportunity."
                )
            )
        else:
            lines.append(self.env._("It becomes an opportunity."))
        lines.append(self._get_way_back())
        return "\n".join(lines)

    def _get_way_back(self):
        """Return whether the merge can be taken apart again, as a sentence; here,
        nothing does so."""
        return self.env._("A merge can't be undone.")
