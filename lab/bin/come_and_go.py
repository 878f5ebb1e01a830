"""Take `STEPS` of addons that come and others that go, and go on with leads after each.

Runs inside Odoo's shell, and does as the buttons of the Apps menu do, in a database
that others work in. Prints into `FOLDER` what the database is like, before (`0.json`)
and after each step (`1.json` …), and what pages cost after the steps in `MEASURED`
(`measured-1.json` …).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from odoo.api import Environment
from odoo.modules.registry import Registry


def look(number):
    with Path(FOLDER, f"{number}.json").open("w") as output:  # noqa: F821
        command = [sys.executable, SNAPSHOT, env.cr.dbname, *LOOK]  # noqa: F821
        environ = {**os.environ, **SERVER}  # noqa: F821
        subprocess.run(command, stdout=output, check=True, env=environ)


def come(env, names):
    _press(env, names, "button_immediate_install", "installed")


def go(env, names):
    _press(env, names, "button_immediate_uninstall", "uninstalled")


def _press(env, names, button, state):
    modules = env["ir.module.module"].search([("name", "in", names)])
    if modules:
        getattr(modules, button)()
    for module in modules:
        assert module.state == state, f"{module.name} is {module.state}"
    env.cr.commit()


def go_on(env, _names):
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


def measure(env, number):
    sys.path.append(REPO)  # noqa: F821
    from lab.benchmarks import left_out  # noqa: PLC0415

    path = Path(FOLDER, f"measured-{number}.json")  # noqa: F821
    path.write_text(json.dumps(left_out.measure(env)))


env.cr.commit()  # noqa: F821
look(0)
for number, (coming, going) in enumerate(STEPS, 1):  # noqa: F821
    for do, names in ((come, coming), (go, going), (go_on, [])):
        # The models are others than those before.
        with Registry(env.cr.dbname).cursor() as cr:  # noqa: F821
            do(Environment(cr, env.uid, env.context), names)  # noqa: F821
    look(number)
    if number in MEASURED:  # noqa: F821
        with Registry(env.cr.dbname).cursor() as cr:  # noqa: F821
            measure(Environment(cr, env.uid, env.context), number)  # noqa: F821
