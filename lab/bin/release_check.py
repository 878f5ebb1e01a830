"""Check what became of the work of `release_use.py`. Runs inside Odoo's shell.

What is not as it should be ends up as an error in the log, all of it at once.
"""

import json
import logging

env = env(context={"active_test": False})  # noqa: F821
wrong = []


def expect(what, found, wanted):
    if found != wanted:
        wrong.append(f"{what}: {found!r} instead of {wanted!r}")


def find(name):
    return env["crm.lead"].search([("contact_last_name", "=", name)])


parameters = env["ir.config_parameter"]
expected = json.loads(parameters.get_param("upgrade.expected"))
expect("leads", len(expected), 7)
for name, values in expected.items():
    lead = find(name)
    found = {
        "status": lead.status_id.name,
        "status_since": str(lead.date_status_update),
        "stars": lead.stars,
        "score": lead.bant_score,
        "active": lead.active,
        "messages": len(lead.message_ids),
        "account": lead.conversion_account_id.id,
    }
    expect(name, found, values)
    # Nobody is told that the leads of years are unread or neglected.
    expect(f"{name} is unread", lead.is_unread, False)
    expect(f"{name} was touched", bool(lead.date_last_touch), True)
    expect(f"{name} was found to be neglected", lead.neglect_level, 2)

worked, converted = find("Worked"), find("Converted")
expect("budget", worked.bant_budget, "partly")
expect("note on the budget", worked.bant_budget_note, "12,000 a year")
expect("revenue", worked.annual_revenue, 1_000_000)
expect("fax", worked.fax, "+1 202 555 0100")
expect("account key", worked.account_key, "upgrade worked")
matches = env["res.partner"].find_account_matches({"name": worked.partner_name})
expect("accounts found", bool(matches["matches"]), True)
expect("first touch of Worked", bool(worked.date_first_touch), True)
expect("first touch of New", bool(find("New").date_first_touch), False)
members = env["crm.lead.campaign.member"].search(
    [("campaign_id.name", "=", "Upgrade fair")]
)
expect("members of the campaign", members.lead_id, worked | converted)

# What an admin changed stays changed, and what was switched off stays off.
expect("undo days", parameters.get_param("lead_management.undo_days"), "12")
company = "lead_management.require_company"
expect("company is required", parameters.get_param(company), False)
rating = env["crm.lead.rating"].search([("active", "=", False)])
expect("archived ratings", len(rating), 1)
rule = env["crm.lead.star.rule"].search([], limit=1)
expect("stars of the first rule", rule.stars, "2")

# The first release's conversions can be undone by this one. Whether anybody has worked
# with what they created is not known, so it is archived.
seller = env["res.users"].search([("login", "=", "upgrade_seller")])
for name in ("Converted", "Account"):
    lead = find(name).with_user(seller)
    account = lead.conversion_account_id
    lead.conversion_id.action_undo()
    expect(f"{name} after undoing", (lead.type, lead.active), ("lead", True))
    expect(f"account of {name} is in use after undoing", account.active, False)
env.cr.rollback()

if wrong:
    logging.getLogger("upgrade").error("\n    ".join(["After the upgrade:", *wrong]))
