"""Install each of `ADDONS`, uninstall it, and go on with leads.

Runs inside Odoo's shell, and does as the buttons of the Apps menu do, in a database
that others work in. Prints into `FOLDER` what the database is like, before (`0.json`)
and after each of them (`1.json` …).
"""

import os
import subprocess
import sys
from pathlib import Path

from odoo.api import Environment
from odoo.modules.registry import Registry


def look(number):
    with Path(FOLDER, f"{number}.json").open("w") as output:  # noqa: F821
        command = [sys.executable, SNAPSHOT, env.cr.dbname]  # noqa: F821
        environ = {**os.environ, **SERVER}  # noqa: F821
        subprocess.run(command, stdout=output, check=True, env=environ)


def come_and_go(env, name):
    module = env["ir.module.module"].search([("name", "=", name)])
    module.button_immediate_install()
    assert module.state == "installed", f"{name} is {module.state}"
    module.button_immediate_uninstall()
    assert module.state == "uninstalled", f"{name} is {module.state}"
    env.cr.commit()


def go_on(env):
    leads = env["crm.lead"].with_user(env.ref("base.user_admin"))
    views = leads.get_views(
        [(env.ref("crm.crm_lead_view_form").id, "form"), (False, "search")],
    )
    leads.get_views([(False, kind) for kind in ("list", "kanban", "graph", "pivot")])
    lead = leads.create({"name": "A lead", "partner_name": "Its company"})
    lead.web_read({name: {} for name in views["models"]["crm.lead"]["fields"]})
    lead.write({"partner_name": "Another one"})
    env["res.config.settings"].get_views([(False, "form")])
    env["res.config.settings"].create({}).execute()
    env.cr.rollback()


env.cr.commit()  # noqa: F821
look(0)
for number, name in enumerate(ADDONS, 1):  # noqa: F821
    for do in (lambda env: come_and_go(env, name), go_on):  # noqa: B023
        # The models are others than those before.
        with Registry(env.cr.dbname).cursor() as cr:  # noqa: F821
            do(Environment(cr, env.uid, env.context))  # noqa: F821
    look(number)
