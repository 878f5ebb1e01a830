from odoo import api, fields, models


class CrmLeadConsentEvent(models.Model):
    """Something that happened to a consent: the proof of it.

    It keeps its own copy of the text, and nobody changes it.
    """

    _name = "crm.lead.consent.event"
    _description = "Proof of a Consent"
    _inherit = ["lead.access.mixin"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    _access_fields = {"state_id": "write"}

    state_id = fields.Many2one(
        "crm.lead.consent.state",
        "Consent",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("checked", "Checked the box"),
            ("requested", "Asked by a user"),
            ("confirms", "Confirmed"),
            ("withdraws", "Withdrawn"),
        ],
        "What Happened",
        required=True,
        readonly=True,
    )
    how = fields.Selection(
        [
            ("form", "Web form"),
            ("link", "Link in an email"),
            ("user", "By a user"),
            ("merge", "Merged with somebody who has withdrawn"),
            ("conversion", "Converted from a lead that has withdrawn"),
        ],
        "Channel",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True)
    text = fields.Text(readonly=True, help="What the person agreed to, as it read then")
    asked_date = fields.Datetime(
        "Asked On", readonly=True, help="When the email that was confirmed was sent"
    )
    form_id = fields.Many2one(
        "crm.lead.capture.form", "Web Form", readonly=True, index="btree_not_null"
    )
    address_hash = fields.Char(
        "Network Address",
        readonly=True,
        help="Keyed hash of the person's network address. Tells whether two events"
        " came from one address, not which one it was.",
    )
    user_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    # Who it was is told when the user is long deleted.
    user_name = fields.Char(
        "By", compute="_compute_user_name", store=True, precompute=True
    )

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")
