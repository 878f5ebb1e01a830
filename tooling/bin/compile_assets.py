"""Compile the style sheets and scripts of all pages. Runs inside Odoo's shell.

Odoo does it before browser tests; done in the template, only those that the addon
changes are left to compile in each copy.
"""

env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
