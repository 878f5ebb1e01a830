from odoo.addons.lead_management.tests.hoot import HootCase


class TestBulkScripts(HootCase):
    """The fields of bulk actions and jobs."""
