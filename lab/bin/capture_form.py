"""Make the web form that ./dev bench capture and ./dev lab soak capture post to.

Read by Odoo's shell. The token is known to who posts.
"""

env["crm.lead.capture.form"].create(  # noqa: F821
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
env.cr.commit()  # noqa: F821
