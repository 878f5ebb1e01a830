from odoo.addons.lead_management.tests.hoot import HootCase


class TestCaptureScripts(HootCase):
    """The lines of a web form, and its preview."""
