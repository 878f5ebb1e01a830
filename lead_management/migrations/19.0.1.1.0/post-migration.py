"""Let leads of 19.0.1.0.0 take part in campaigns and in the times of the reports."""

from odoo import SUPERUSER_ID, api

from odoo.addons.lead_management.hooks import (
    fill_campaign_members,
    fill_first_touches,
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    fill_campaign_members(env)
    fill_first_touches(env)
