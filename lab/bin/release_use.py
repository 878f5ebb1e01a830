"""Work for a while with the addon's first release. Runs inside Odoo's shell.

`release_check.py` looks for what is made here, once the database is upgraded: each lead
goes by its last name. What can't be known beforehand is kept in a parameter.
"""

import json

from odoo import Command

env = env(context={"no_reset_password": True})  # noqa: F821
manager, seller = env["res.users"].create(
    [
        {
            "name": f"Upgrade {role}",
            "login": f"upgrade_{role}",
            "email": f"upgrade_{role}@example.com",
            "group_ids": [Command.link(env.ref(f"sales_team.{group}").id)],
        }
        for role, group in (
            ("manager", "group_sale_manager"),
            ("seller", "group_sale_salesman"),
        )
    ]
)
campaign = env["utm.campaign"].create({"name": "Upgrade fair"})


def first_of(model_name, **values):
    return env[model_name].search([(k, "=", v) for k, v in values.items()], limit=1)


def create_lead(name, **values):
    return (
        env["crm.lead"]
        .with_user(manager)
        .create(
            {
                "type": "lead",
                "contact_first_name": "Ada",
                "contact_last_name": name,
                "partner_name": f"Upgrade {name} Ltd",
                "email_from": f"ada@{name.lower()}.example.com",
                "user_id": seller.id,
                **values,
            }
        )
    )


# What an admin changed
first_of("crm.lead.status", category="in_process").name = "Being worked on"
first_of("crm.lead.rating").active = False
first_of("crm.lead.star.rule").stars = "2"
env["ir.config_parameter"].set_param("lead_management.undo_days", "12")
env["ir.config_parameter"].search(
    [("key", "=", "lead_management.require_company")]
).unlink()

# Leads at every turn of the path
create_lead("New", user_id=False)
create_lead("Assigned")
worked = create_lead(
    "Worked",
    stars="4",
    bant_need="yes",
    bant_budget="partly",
    bant_budget_note="12,000 a year",
    campaign_id=campaign.id,
    annual_revenue=1_000_000,
    fax="+1 202 555 0100",
)
worked.with_user(seller).message_post(
    body="Called Ada.", message_type="comment", subtype_xmlid="mail.mt_comment"
)
worked.with_user(seller).status_id = first_of("crm.lead.status", category="in_process")
create_lead("Dead").action_set_lost(lost_reason_id=first_of("crm.lost.reason").id)
converted = create_lead("Converted", campaign_id=campaign.id, expected_revenue=500)
to_account = create_lead("Account", annual_revenue=2_000_000)
converted.with_user(seller).convert_lead(target="opportunity")
to_account.with_user(seller).convert_lead(target="account")
undone = create_lead("Undone")
undone.convert_lead(target="account")
undone.conversion_id.action_undo()
env["res.partner"].create({"name": "Upgrade Worked Limited", "is_company": True})

env.flush_all()
expected = {
    lead.contact_last_name: {
        "status": lead.status_id.name,
        "status_since": str(lead.date_status_update),
        "stars": lead.stars,
        "score": lead.bant_score,
        "active": lead.active,
        "messages": len(lead.message_ids),
        "account": lead.conversion_account_id.id,
    }
    for lead in env["crm.lead"]
    .with_context(active_test=False)
    .search([("contact_first_name", "=", "Ada")])
}
env["ir.config_parameter"].set_param("upgrade.expected", json.dumps(expected))
env.cr.commit()
