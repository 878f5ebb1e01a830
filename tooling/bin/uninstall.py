"""Uninstall the addon as the button in the Apps menu does. Runs inside Odoo's shell."""

module = env["ir.module.module"].search([("name", "=", "lead_management")])  # noqa: F821
module.button_immediate_uninstall()
