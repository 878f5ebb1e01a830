"""Make the column of how accounts sound, empty: the ORM would fill it row by row. What
fills the keys anew fills it, too."""

from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    if not column_exists(cr, "res_partner", "account_sound"):
        create_column(cr, "res_partner", "account_sound", "varchar")
