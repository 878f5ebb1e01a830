from odoo import fields, models


class CrmMergeLine(models.Model):
    """A row of the database as it was before a merge, and as the merge left it.

    Written and read in SQL only, and by nobody but the system.
    """

    _name = "crm.merge.line"
    _description = "Merged Row"
    _log_access = False
    _counts_as_use = False

    merge_id = fields.Many2one(
        "crm.merge", required=True, index=True, ondelete="cascade"
    )
    place = fields.Char(required=True, help="The table")
    row_id = fields.Integer(help="Of the row; links of two records have none")
    level = fields.Integer(
        help="0 the merged records, 1 what points at them, 2 what points at that"
    )
    is_of_merged = fields.Boolean(help="Pointed at a merged record")
    before = fields.Json(help="Nothing, if the merge has made it")
    after = fields.Json(help="Nothing, if the merge has deleted it")
