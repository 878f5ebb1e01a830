from odoo.addons.lead_management.tests.hoot import HootCase


class TestNewsScripts(HootCase):
    """The news and posts of a lead."""
