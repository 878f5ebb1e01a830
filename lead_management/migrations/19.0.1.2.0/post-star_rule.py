from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Write the shipped star rule as the editor of filters shows it without a warning,
    unless somebody has changed it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref(
        "lead_management.crm_lead_star_rule_pricing_request", raise_if_not_found=False
    )
    before = "('quote_deadline', '!=', False)"
    if rule and before in rule.domain:
        rule.domain = rule.domain.replace(
            before, "('quote_deadline', '>', '2000-01-01')"
        )
