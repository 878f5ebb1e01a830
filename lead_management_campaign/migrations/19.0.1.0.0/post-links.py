from odoo import SUPERUSER_ID, api

from odoo.addons.lead_management_campaign.hooks import note_links


def migrate(cr, version):
    note_links(api.Environment(cr, SUPERUSER_ID, {}))
