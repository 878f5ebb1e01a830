"""Give companies that have no assignment rule the archived one that new ones get."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["crm.lead.assignment.rule"]._ship_for(env["res.company"].search([]))
