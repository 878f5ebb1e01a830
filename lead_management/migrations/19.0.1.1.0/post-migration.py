"""Let leads of 19.0.1.0.0 take part in the times of the reports, fold what is
converted, and remove the rules that are no longer shipped."""

from odoo import SUPERUSER_ID, api

from odoo.addons.lead_management.hooks.fill import (
    fill_first_touches,
    fold_converted,
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    fill_first_touches(env)
    fold_converted(env)
    # Who may read a lead may read its conversions: that needs no rules.
    for name in ("company", "personal", "all"):
        rule = f"lead_management.crm_lead_conversion_rule_{name}"
        if rule := env.ref(rule, raise_if_not_found=False):
            rule.unlink()
