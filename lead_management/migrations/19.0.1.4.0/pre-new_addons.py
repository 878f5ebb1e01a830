"""Features that are new come with the upgrade, as they do with an installation."""

from odoo import SUPERUSER_ID, api

NEW = """
    lead_management_ads lead_management_alias lead_management_call
    lead_management_consent lead_management_consent_mailing lead_management_consent_plan
    lead_management_form_health lead_management_hook lead_management_livechat
    lead_management_plan lead_management_response lead_management_score
    lead_management_simulator lead_management_website lead_management_why
""".split()
THERE = ("installed", "to upgrade", "to install")


def migrate(cr, version):
    modules = api.Environment(cr, SUPERUSER_ID, {})["ir.module.module"]
    addons = modules.search([("name", "in", NEW), ("state", "=", "uninstalled")])
    # Some stand on others, and some on apps that not everybody has.
    while ready := addons.filtered(
        lambda addon: all(needed.state in THERE for needed in addon.dependencies_id)
    ):
        ready.button_install()
        addons -= ready
