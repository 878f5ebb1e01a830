"""Make what ./dev lab cluster works on. Runs inside Odoo's shell; prints nothing.

The names are those that `lab/cluster.py` looks for.
"""

from odoo import Command

PEOPLE, QUEUED, TO_ASSIGN, BULK = 8, 40, 80, 1500

env = env(context={"tracking_disable": True, "no_reset_password": True})  # noqa: F821
groups = env.ref("sales_team.group_sale_manager")
users = env["res.users"].create(
    [
        {
            "name": f"Cluster {number}",
            "login": f"cluster{number}",
            "password": f"cluster{number}",
            "group_ids": [Command.link(groups.id)],
        }
        for number in range(PEOPLE)
    ]
)
queue = env["crm.lead.queue"].create(
    {
        "name": "Cluster",
        "notify": "none",
        "member_user_ids": [Command.set(users.ids)],
    }
)
# Else the scheduled action helps: it takes the leads that people are about to assign,
# and these requests leave them to it.
rule = env["crm.lead.assignment.rule"].create({"name": "Cluster", "assign_left": False})
env["crm.lead.assignment.rule.entry"].create(
    {
        "rule_id": rule.id,
        "name": "In turn",
        "target": "rotation",
        "user_ids": [Command.set(users.ids)],
        "domain": "[('name', '=like', 'Assign %')]",
    }
)


def create_leads(prefix, count, **values):
    env["crm.lead"].create(
        [
            {"type": "lead", "name": f"{prefix} {number}", "user_id": False, **values}
            for number in range(count)
        ]
    )


create_leads("Claim", QUEUED, queue_id=queue.id)
create_leads("Assign", TO_ASSIGN)
create_leads("Bulk A", BULK)
create_leads("Bulk B", BULK)
env.cr.commit()
