from odoo.addons.lead_management.tests.hoot import HootCase


class TestResponseScripts(HootCase):
    """The badge of a lead that is to be answered."""
