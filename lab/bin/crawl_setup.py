"""Make the people who click, and leads of theirs. Runs inside Odoo's shell.

Every status has leads enough: a click may move one on.
"""

import shutil

from odoo import Command

ROLES = {
    "crawl-salesperson": ["sales_team.group_sale_salesman"],
    "crawl-manager": ["sales_team.group_sale_manager", "base.group_partner_manager"],
    "crawl-admin": ["sales_team.group_sale_manager", "base.group_system"],
}
STOCK = 10
BUNDLES = ("web.assets_web", "web.assets_backend_lazy", "web.chartjs_lib")

env = env(context={"tracking_disable": True, "no_reset_password": True})  # noqa: F821
ours = [("module", "=like", "lead_management%")]
german = env["res.lang"].search([("code", "=", "de_DE")], limit=1)
mirrored = None
if shutil.which("rtlcss"):
    # Our texts in it are no language.
    mirrored = env["res.lang"]._activate_lang("he_IL")
    env["ir.module.module"]._load_module_terms(
        [name for name in env.registry._init_modules if name.startswith("lead_")],
        [mirrored.code],
    )
languages = {"crawl-manager": german, "crawl-admin": mirrored}
reason = env["crm.lost.reason"].search([], limit=1)
statuses = env["crm.lead.status"]
for login, groups in ROLES.items():
    user = env["res.users"].create(
        {
            "name": login.replace("-", " ").title(),
            "login": login,
            "password": login,
            "email": f"{login}@example.com",
            "group_ids": [
                Command.link(env.ref(group).id)
                for group in ("base.group_user", *groups)
            ],
        }
    )
    if language := languages.get(login):
        user.lang = language.code
    team = env.ref("sales_team.team_sales_department", raise_if_not_found=False)
    if team:
        team.member_ids = [Command.link(user.id)]
    for category, _label in statuses._fields["category"].selection:
        leads = env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Sample lead {login} {category} {number}",
                    "user_id": category != "new" and user.id,
                    "contact_first_name": "Sample",
                    "contact_last_name": f"Person {number}",
                    "partner_name": f"Sample company {category} {login} {number}",
                    "email_from": f"{category}{number}@{login}.example.com",
                    "phone": "+1 212 555 0100",
                }
                for number in range(STOCK)
            ]
        )
        if category == "converted":
            leads.convert_lead(target="account")
        elif category == "dead":
            leads.action_set_lost(lost_reason_id=reason.id)
        else:
            leads.write({"status_id": statuses._get_of_category(category).id})
# Nothing outside this machine is asked, and nobody waits for an answer.
nowhere = "http://127.0.0.1:9"
for name in ("iap", "iap.partner_autocomplete", "enrich", "reveal", "sms", "snailmail"):
    env["ir.config_parameter"].set_param(f"{name}.endpoint", nowhere)
# Of what Odoo does in the background, only our part is looked at.
crons = env["ir.model.data"].search([("model", "=", "ir.cron"), *ours])
env["ir.cron"].search([("id", "not in", crons.mapped("res_id"))]).active = False
# Compiled once, not by the server of each.
for bundle in BUNDLES:
    qweb = env["ir.qweb"]
    qweb._get_asset_bundle(bundle, css=False).js()
    for is_mirrored in {False, bool(mirrored)}:
        qweb._get_asset_bundle(bundle, js=False, rtl=is_mirrored).css()
env.cr.commit()
