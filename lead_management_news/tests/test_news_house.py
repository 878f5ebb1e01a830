from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestNewsAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.feed": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.feed.item": ("r", "r", "rwcu", "rwcu", "", "", ""),
    }

    def _get_values_of_crm_lead_feed(self, _user, name):
        return {"name": name, "url": f"https://example.com/{self.number}"}

    def _get_values_of_crm_lead_feed_item(self, user, name):
        feed = self._create_record("crm.lead.feed", user)
        published = "2026-01-01 00:00:00"
        return {
            "feed_id": feed.id,
            "name": name,
            "guid": name,
            "published": published,
        }


@tagged("post_install", "-at_install", "lead_words")
class TestNewsWords(words.WordsCase):
    pass
