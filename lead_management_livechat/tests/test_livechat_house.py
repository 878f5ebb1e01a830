from odoo.tests import tagged

from odoo.addons.lead_management.tests import words


@tagged("post_install", "-at_install", "lead_words")
class TestLivechatWords(words.WordsCase):
    pass
