from odoo import fields, models


class CrmLeadStatusChange(models.Model):
    """A change of a lead's status: what the time in each status is added up from.

    A table of its own and not the tracking in the chatter, which is off in imports, can
    be deleted, and tells a person less when the status only follows a loss or a
    conversion that has its own line there. Written by the leads, never by people.
    """

    _name = "crm.lead.status.change"
    _description = "Lead Status Change"
    _order = "date, id"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", "Lead", required=True, index=True, ondelete="cascade"
    )
    status_id = fields.Many2one(
        "crm.lead.status",
        "From",
        required=True,
        index=True,
        ondelete="cascade",
        help="The status the lead left",
    )
    next_status_id = fields.Many2one(
        "crm.lead.status", "To", index=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "Changed By",
        index="btree_not_null",
        default=lambda self: self.env.user,
        ondelete="set null",
    )
