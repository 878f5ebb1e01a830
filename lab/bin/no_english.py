"""Make German the only language. Runs in Odoo's shell.

So it is after who sets up a database has chosen German, and put English away.
"""

env = env(context={"no_reset_password": True, "active_test": False})  # noqa: F821

german = env["res.lang"].search([("code", "=", "de_DE")])
env["base.language.install"].create({"lang_ids": german.ids}).lang_install()
people = env["res.users"].search([])
people.lang = german.code
(env["res.partner"].search([]) - people.partner_id).lang = False
env["ir.default"].set("res.partner", "lang", german.code)
env["res.lang"].search([("code", "=", "en_US")]).active = False
env.cr.commit()
