"""Give leads the stored computed columns they did not have in 19.0.1.0.0."""

from odoo.addons.lead_management.hooks.columns import create_lead_columns


def migrate(cr, version):
    create_lead_columns(cr)
