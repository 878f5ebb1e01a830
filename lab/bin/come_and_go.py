"""Install the addon `ADDON`, uninstall it, and go on with leads.

Runs inside Odoo's shell, and does as the buttons of the Apps menu do, in a database
that others work in.
"""

from odoo.modules.registry import Registry

module = env["ir.module.module"].search([("name", "=", ADDON)])  # noqa: F821
module.button_immediate_install()
assert module.state == "installed", f"{ADDON} is {module.state}"  # noqa: F821
module.button_immediate_uninstall()
assert module.state == "uninstalled", f"{ADDON} is {module.state}"  # noqa: F821
env.cr.commit()  # noqa: F821

with Registry(env.cr.dbname).cursor() as cr:  # noqa: F821
    # The models are others than those the shell has started with.
    env = env(cr=cr)  # noqa: F821
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
    cr.rollback()
