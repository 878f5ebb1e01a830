"""What ./dev does: get Odoo and PostgreSQL, make databases, run and check the addon.

Standard library only, so that it runs on a machine on which nothing is installed yet.
"""
