from odoo.addons.lead_management.tests.hoot import HootCase


class TestScripts(HootCase):
    """The news and posts of a lead."""
