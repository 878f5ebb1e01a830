"""What the addons that are installed cost everybody: the browser at the start, and the
server when a lead is opened. Called in Odoo's shell, see `lab/among_all.py`."""

from odoo import Command

from .client import View
from .lead_pages import ADDON_FILES, LAZY_BUNDLE, START_BUNDLE, weigh
from .side import rpc


def measure(env) -> dict[str, float]:
    """Return kilobytes of ours, the fields of a lead's form, and the queries of reading
    and of listing leads as a salesperson."""
    bundles = env["ir.asset"]._get_asset_paths(LAZY_BUNDLE, {})
    measures = {
        "start": weigh(env, START_BUNDLE, ADDON_FILES),
        "later": weigh(env, LAZY_BUNDLE, ADDON_FILES) if bundles else 0.0,
    }
    group = env.ref("sales_team.group_sale_salesman")
    values = {"name": "Sam", "login": "left-out", "email": "sam@example.com"}
    user = env["res.users"].create({**values, "group_ids": [Command.link(group.id)]})
    env = env(user=user, context={"allowed_company_ids": user.company_ids.ids})
    leads = env["crm.lead"].create(
        [
            {
                "name": f"Lead {number}",
                "type": "lead",
                "partner_name": f"Company {number}",
                "email_from": f"a@company{number}.example.com",
                "user_id": user.id,
            }
            for number in range(40)
        ]
    )
    form = View(env, "crm.lead", "form").specification()
    view = View(env, "crm.lead", "list", env.ref("crm.crm_case_tree_view_leads").id)
    asked = {"specification": view.specification(), "order": view.order()}
    measures["fields"] = len(form)
    # The first time fills caches that a server keeps.
    for lead in leads[:2]:
        before = _count(env)
        rpc(env, "crm.lead", "web_read", lead.ids, specification=form)
        measures["form"] = env.cr.sql_log_count - before
        before = _count(env)
        rpc(env, "crm.lead", "web_search_read", [("type", "=", "lead")], **asked)
        measures["list"] = env.cr.sql_log_count - before
    env.cr.rollback()
    return measures


def _count(env) -> int:
    """Return how many queries there were, with nothing left to be written or kept."""
    env.flush_all()
    env.invalidate_all()
    return env.cr.sql_log_count
