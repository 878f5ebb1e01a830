"""Make the people whose day is measured, and the leads they work on. Runs inside Odoo's
shell, in a native database and in one with the addons alike.
"""

from odoo import Command

TIMES = 3  # each task, on a lead of its own
PEOPLE = {
    "day-salesperson": "sales_team.group_sale_salesman",
    "day-manager": "sales_team.group_sale_manager",
}
TO_ASSIGN, TO_TRIAGE = 30, 50
ALONE = ("call", "qualify", "claim", "new account", "account", "opportunity")

env = env(context={"tracking_disable": True, "no_reset_password": True})  # noqa: F821
env.ref("base.group_user")._apply_group(env.ref("crm.group_use_lead"))
team = env.ref("sales_team.team_sales_department")
team.use_leads = True
users = {
    login: env["res.users"].create(
        {
            "name": login.replace("-", " ").title(),
            "login": login,
            "password": login,
            "email": f"{login}@example.com",
            "group_ids": [
                Command.link(env.ref(group).id) for group in ("base.group_user", group)
            ],
        }
    )
    for login, group in PEOPLE.items()
}
team.member_ids = [Command.link(user.id) for user in users.values()]
salesperson = users["day-salesperson"]


def lead(task, number, owner=salesperson, **values):
    name = f"{task.title().replace(' ', '')}{number}"
    return {
        "type": "lead",
        "name": f"Day {task} {number}",
        "user_id": owner and owner.id,
        "team_id": team.id,
        "contact_name": f"Ada {name}",
        "partner_name": f"{name} Works",
        "email_from": f"ada@{name.lower()}works.example.com",
        "phone": f"+1 212 555 {number:04}",
        **values,
    }


leads = env["crm.lead"]
for number in range(TIMES):
    for task in ALONE:
        values = lead(task, number, owner=task != "claim" and salesperson)
        if task in ("account", "opportunity"):
            account = env["res.partner"].create(
                {"name": values["partner_name"], "is_company": True}
            )
        if task == "opportunity":
            leads.create(
                {
                    "type": "opportunity",
                    "name": f"Day deal {number}",
                    "partner_id": account.id,
                    "email_from": values["email_from"],
                    "user_id": salesperson.id,
                }
            )
        leads.create(values)
leads.create([lead("assign", number, owner=False) for number in range(TO_ASSIGN)])
# Triage begins with the best.
best = {"stars": "5"} if "stars" in leads._fields else {}
leads.create([lead("triage", number, **best) for number in range(TO_TRIAGE)])
partners = env["res.partner"]
if "account_key" in partners._fields:
    # What the scheduled action would have done since the addons were installed
    while partners._fill_account_keys(5000):
        env.cr.commit()
jobs = env["ir.cron"].search([])
jobs.active = False  # nothing is done behind the script's back
if "crm.lead.capture.form" in env:
    # For measuring when its owner sees what was sent: see day_pages.py
    env["crm.lead.capture.form"].create(
        {
            "name": "Day form",
            "use_assignment_rules": False,
            "user_id": salesperson.id,
            "rate_limit": 0,
            "min_fill_seconds": 0,
        }
    )
    env.ref("lead_management_capture.ir_cron_capture").active = True
env.cr.commit()
