"""Compile the style sheets and scripts of all pages. Runs inside Odoo's shell.

Odoo does it before browser tests; done in the template, only those that the addon
changes are left to compile in each copy. What a page asks for later would be compiled
in each test anew, as each is rolled back.
"""

LATER = (
    "bus.websocket_worker_assets",
    "lead_management.assets_lazy",
    "web.assets_backend_lazy",
    "web.assets_emoji",
    "web.chartjs_lib",
)

templates = env["ir.qweb"]  # noqa: F821
templates._pregenerate_assets_bundles()
for name in LATER:
    bundle = templates._get_asset_bundle(name)
    if bundle.javascripts:
        bundle.js()
    if bundle.stylesheets:
        bundle.css()
env.cr.commit()  # noqa: F821
