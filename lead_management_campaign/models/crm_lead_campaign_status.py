from odoo import api, fields, models
from odoo.exceptions import ValidationError

# How far a member can be, from the least to the most.
CATEGORIES = [
    ("planned", "Not contacted yet"),
    ("sent", "Contacted"),
    ("opened", "Opened"),
    ("clicked", "Clicked"),
    ("responded", "Responded"),
]
RANK = {category: rank for rank, (category, _label) in enumerate(CATEGORIES)}


class CrmLeadCampaignStatus(models.Model):
    """How far a member of a campaign is, and whether that counts as a response.

    A campaign that has statuses of its own offers those, every other one the shared
    statuses. Members move by themselves in one direction only, to a later status, which
    is chosen by its category and its flag, never by its name; a person may choose any.
    """

    _name = "crm.lead.campaign.status"
    _description = "Campaign Member Status"
    _inherit = ["lead.picklist.mixin", "lead.guard.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    campaign_id = fields.Many2one(
        "utm.campaign",
        index="btree_not_null",
        ondelete="cascade",
        help="The only campaign that offers the status. Empty: every campaign that has"
        " no statuses of its own offers it.",
    )
    category = fields.Selection(
        CATEGORIES,
        "Meaning",
        required=True,
        default="sent",
        help="What moves members here automatically, such as opening a mailing",
    )
    is_response = fields.Boolean(
        "Counts as Response",
        help="Members in this status count in the response rate. Leads that came from"
        " the campaign start in the first such status.",
    )

    @api.constrains("active", "campaign_id")
    def _check_one_is_shared(self):
        self._check_covers_all_campaigns(self.search([]))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_shared(self):
        self._check_covers_all_campaigns(self.search([]) - self)

    def _check_covers_all_campaigns(self, statuses):
        """Refuse to leave campaigns without a status for their members."""
        if all(status.campaign_id for status in statuses):
            raise ValidationError(
                self.env._(
                    "Keep at least one active status that belongs to no campaign:"
                    " members of campaigns without statuses of their own start there."
                )
            )

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("crm.lead.campaign.member", "status_id"),
        ]

    def _pick_first(self):
        """Return where members start that were added: of these statuses, the first."""
        return self[:1]

    def _pick_response(self):
        """Return where those start that came from the campaign: the first response."""
        return self.filtered("is_response")[:1] or self[-1:]

    def _pick_of_category(self, category):
        """Return the first status of a category, or of the one that comes closest
        without being further on; perhaps none."""
        below = [status for status in self if RANK[status.category] <= RANK[category]]
        return max(below, key=lambda status: RANK[status.category], default=self[:0])

    def _is_after(self, other):
        """Tell whether it is later than another status, in the admin's order."""
        return (self.sequence, self.id) > (other.sequence, other.id)
