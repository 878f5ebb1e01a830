from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestMapAccess(access.AccessCase):
    """The map has no model of its own."""


@tagged("post_install", "-at_install", "lead_words")
class TestMapWords(words.WordsCase):
    pass
