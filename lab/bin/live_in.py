"""Live in a database: languages, companies, people and leads. Runs in Odoo's shell.

What is made here is there before the addon comes.
"""

from odoo import Command, fields

env = env(context={"no_reset_password": True})  # noqa: F821

installer = env["base.language.install"].create(
    {
        "lang_ids": [
            Command.set(
                env["res.lang"]
                .with_context(active_test=False)
                .search([("code", "in", ("de_DE", "fr_FR"))])
                .ids
            )
        ],
        "overwrite": False,
    }
)
installer.lang_install()

francs = env.ref("base.CHF")
euro = env.ref("base.EUR")
(francs + euro).active = True
main = env.ref("base.main_company")
# In the middle of a script is no time to install the accounting of its country.
second = (
    env["res.company"]
    .with_context(install_mode=True)
    .create(
        {
            "name": "Zweite Firma AG",
            "currency_id": francs.id,
            "country_id": env.ref("base.ch").id,
        }
    )
)
admin, demo = env.ref("base.user_admin"), env.ref("base.user_demo")
admin.lang = "fr_FR"
demo.lang = "de_DE"
(admin + demo).company_ids = [Command.link(second.id)]

# Whatever the hour, their day is not the server's: what takes one for the other fails.
hour = fields.Datetime.now().hour
(env.ref("base.user_root") + admin).tz = (
    "Pacific/Kiritimati" if hour >= 10 else "Pacific/Pago_Pago"
)

# She works in the second company, in a team that makes leads of mail.
heidi = env["res.users"].create(
    {
        "name": "Heidi Gruber",
        "login": "heidi",
        "password": "heidi",
        "lang": "de_DE",
        "tz": "Europe/Zurich",
        "company_id": second.id,
        "company_ids": [Command.set((main + second).ids)],
        "group_ids": [Command.link(env.ref("sales_team.group_sale_salesman").id)],
    }
)
team = env["crm.team"].create(
    {
        "name": "Vertrieb Zürich",
        "company_id": second.id,
        "use_leads": True,
        "alias_name": "verkauf",
        "member_ids": [Command.set(heidi.ids)],
    }
)
account = env["res.partner"].create(
    {
        "name": "Müller & Söhne GmbH",
        "is_company": True,
        "lang": "de_DE",
        "email": "info@mueller-soehne.example",
        "phone": "+41 44 668 18 00",
        "country_id": env.ref("base.ch").id,
        "company_id": second.id,
        "child_ids": [Command.create({"name": "Jürg Müller", "lang": False})],
    }
)
retired = env["res.partner"].create(
    {"name": "Aufgegeben AG", "is_company": True, "lang": False, "active": False}
)
leads = env["crm.lead"].create(
    [
        {
            "name": "Anfrage Regale",
            "type": "lead",
            "partner_name": "Müller & Söhne",
            "contact_name": "Jürg Müller",
            "email_from": "juerg@mueller-soehne.example",
            "company_id": second.id,
            "team_id": team.id,
            "user_id": heidi.id,
            "expected_revenue": 1500,
            "priority": "2",
        },
        {
            "name": "Devis chaises",
            "type": "lead",
            "partner_name": "Société du Lac S.A.",
            "email_from": "achats@lac.example",
            "lang_id": env["res.lang"]._lang_get("fr_FR").id,
            "user_id": admin.id,
            "priority": "3",
        },
        {"name": "Ohne alles", "type": "lead", "user_id": False, "team_id": False},
        {
            "name": "Großauftrag",
            "type": "opportunity",
            "partner_id": account.id,
            "company_id": second.id,
            "team_id": team.id,
            "user_id": heidi.id,
            "expected_revenue": 2500000,
        },
        {
            "name": "Verloren",
            "type": "lead",
            "partner_id": retired.id,
            "user_id": demo.id,
        },
    ]
)
leads[-1].action_set_lost(lost_reason_id=env["crm.lost.reason"].search([], limit=1).id)
env.cr.commit()
