from odoo.addons.lead_management.tests.hoot import HootCase


class TestScripts(HootCase):
    """The duplicates that the test of a file finds."""
