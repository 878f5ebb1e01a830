from odoo import fields, models


class CrmLead(models.Model):
    """Open leads on which nothing has been done or said for days."""

    _inherit = "crm.lead"

    neglect_level = fields.Integer(
        copy=False,
        readonly=True,
        help="0: nobody was told; 1: its owner; 2: the leader of its team",
    )
