from odoo.addons.lead_management.tests.hoot import HootCase


class TestAssignmentScripts(HootCase):
    """Queues in Lead Home, and what a refused claim says."""
