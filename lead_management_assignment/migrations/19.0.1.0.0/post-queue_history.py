"""Let the history of a queue be read by those who may read its leads, not by rules of
its own, which are not updated."""

from odoo import SUPERUSER_ID, api

RULES = ("company", "personal", "all", "manager")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in RULES:
        rule = env.ref(
            f"lead_management_assignment.crm_lead_queue_event_rule_{name}",
            raise_if_not_found=False,
        )
        if rule:
            rule.unlink()
