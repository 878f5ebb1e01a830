from odoo.addons.lead_management.tests.hoot import HootCase


class TestMapScripts(HootCase):
    """The map of a lead's address."""
