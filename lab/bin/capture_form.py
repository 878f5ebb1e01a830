"""Make the web form, the key and the webhook that ./dev bench capture and ./dev lab
soak post to.

Read by Odoo's shell. Tokens and key are known to who posts.
"""

form = env["crm.lead.capture.form"].create(  # noqa: F821
    {
        "name": "Load",
        "token": "load",
        "return_url": "https://www.example.com/thanks",
        "daily_limit": 100_000,
        "rate_limit": 0,
        "field_ids": [
            *env["crm.lead.capture.form"]._default_field_ids(),  # noqa: F821
            (0, 0, {"key": "own_files", "label": "Files"}),
        ],
    }
)
keys = env["crm.lead.capture.key"]  # noqa: F821
keys.create(
    {"form_id": form.id, "name": "Load", "digest": keys._get_digest("load")},
)
email = form.field_ids.filtered(lambda field: field.key == "email")
env["crm.lead.hook"].create(  # noqa: F821
    {
        "name": "Load",
        "token": "load",
        "form_id": form.id,
        "line_ids": [
            (0, 0, {"path": "who.name", "use": "name"}),
            (0, 0, {"path": "mail", "field_id": email.id}),
        ],
    }
)
env.cr.commit()  # noqa: F821
