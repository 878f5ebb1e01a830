from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Give databases of before the mapping that conversions went by."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["crm.lead.conversion.mapping"]._load_shipped()
