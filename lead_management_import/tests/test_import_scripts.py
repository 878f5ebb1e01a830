from odoo.addons.lead_management.tests.hoot import HootCase


class TestImportScripts(HootCase):
    """The duplicates that the test of a file finds."""
