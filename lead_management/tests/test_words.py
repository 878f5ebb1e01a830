from lxml import etree

from odoo.tests import tagged

from . import words


@tagged("post_install", "-at_install", "lead_words")
class TestWords(words.WordsCase):
    NEVER_ONE = {
        "%s conversions are undone.",
        "%s days late",
        "Nothing done for %s days",
        "Nothing done for %s days: talk to the owner",
        "days",  # of what is entered into a box before it
        "days.",
        "it was converted more than %s days ago",
        "leads",  # of a box, too
        "leads need attention.",
        "other records need it",
    }

    def test_the_list_can_be_read(self):
        languages = {word.language for word in self.words}
        self.assertEqual(languages, {"en", *words.LANGUAGES})
        for word in self.words:
            self.assertFalse(word.never.search(word.word), word)

    def test_wrong_words_are_found(self):
        for text, language in (
            ("Send an E-mail", "en"),
            ("<b>Lost</b>", "en"),
            ("Your customer's account", "en"),
            ("Nach Quelle", "de"),
            ("Lead-Quelle", "de"),
            ("Tot", "de"),
            ("Piste morte", "fr"),
            ("Un lead", "fr"),
            ("Leads muertos", "es"),
            ("Fuente UTM", "es"),
        ):
            self.assertTrue(self.find_wrong_words(text, language), text)
        for text, language in (
            ("Choose a lost reason", "en"),
            ('<a class="lost">Dead</a>', "en"),
            ("%(customer)s", "en"),
            ("Quelltext", "de"),
            ("Website der Firma", "de"),
            ("chiffre d'affaires", "fr"),
        ):
            self.assertFalse(self.find_wrong_words(text, language), text)

    def test_counted_words_are_found(self):
        for text in ("%s leads", "%(n)s of %(m)s new leads", "<b>3</b> rows", "leads."):
            self.assertTrue(words.COUNTED.search(text), text)
        for text in ("Leads: %s", "%s can't", "Hot leads", "of 1 lead"):
            self.assertFalse(words.COUNTED.search(text), text)


@tagged("post_install", "-at_install", "lead_house")
class TestWordsOfScreens(words.WordsCommon):
    """What is read on screens that others have a part in."""

    def test_conversion_dialogs_speak_of_accounts_and_contacts(self):
        """Natively they speak of customers and partners, as in no field of ours."""
        for model in ("crm.lead2opportunity.partner.mass", "crm.merge.opportunity"):
            view = self.env[model].get_view(view_type="form")
            arch = etree.fromstring(view["arch"])
            fields = self.env[model].fields_get()
            texts = [node.get("string") for node in arch.iter() if node.get("string")]
            for node in arch.xpath("//field[not(ancestor::field)]"):
                if node.get("invisible") in ("1", "True"):
                    continue
                field = fields[node.get("name")]
                texts += [label for _value, label in field.get("selection", ())]
                if not (node.get("nolabel") or node.get("string")):
                    texts.append(field["string"])
                texts.append(node.get("help") or field.get("help") or "")
            self.assertTrue(texts)
            wrong = [w for text in texts for w in self.find_wrong_words(text, "en")]
            self.assertFalse(wrong, model)

    def test_who_has_a_lead_is_its_owner_in_every_view_of_leads(self):
        """Natively it is the salesperson, as of an opportunity."""
        own = self.env["ir.model.data"].search(
            [
                ("module", "=like", "lead_management%"),
                ("model", "=", "ir.actions.act_window"),
            ]
        )
        actions = self.env["ir.actions.act_window"].search(
            [
                ("id", "in", own.mapped("res_id")),
                ("res_model", "in", ["crm.lead", "crm.lead.report"]),
            ]
        )
        self.assertTrue(actions)
        for action in actions:
            model = self.env[action.res_model]
            views = [*action.views, (action.search_view_id.id, "search")]
            for view_id, kind in views:
                if kind not in ("list", "search", "calendar"):
                    continue  # one form for leads and opportunities, or no labels
                arch = etree.fromstring(model.get_view(view_id, kind)["arch"])
                for node in arch.iter("field"):
                    if node.get("name") == "user_id":
                        label = node.get("string") or model._fields["user_id"].string
                        if not node.get("column_invisible"):
                            self.assertEqual(label, "Owner", (action.name, kind))
