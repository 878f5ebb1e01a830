"""Make a lead and open it, as the web client does. Runs inside Odoo's shell."""

leads = env["crm.lead"].with_user(env.ref("base.user_admin"))  # noqa: F821
views = leads.get_views(
    [(env.ref("crm.crm_lead_view_form").id, "form"), (False, "search")],  # noqa: F821
)
leads.get_views([(False, kind) for kind in ("list", "kanban", "graph", "pivot")])
lead = leads.create({"name": "A lead", "partner_name": "Its company"})
lead.web_read({name: {} for name in views["models"]["crm.lead"]["fields"]})
lead.write({"partner_name": "Another one"})
env["res.config.settings"].get_views([(False, "form")])  # noqa: F821
env["res.config.settings"].create({}).execute()  # noqa: F821
env.cr.rollback()  # noqa: F821
