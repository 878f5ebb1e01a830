"""One word for one thing, on every screen and in each language."""

import csv
import re
from collections import namedtuple

import polib
from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open, file_path
from odoo.tools.translate import TranslationModuleReader

MODULE = "lead_management"
LANGUAGES = ("de", "fr", "es")

Word = namedtuple("Word", "english language word never but")

# A number that is put in, and the many things it counts; a text of a view may begin
# with these, where the number is a field before it.
COUNTED = re.compile(
    r"((%(\(\w+\))?[sd]|\d\s*</\w+>)\s+|^)((new|open|other|automatic|more) )?"
    r"(leads|rows|days|hours|contacts|accounts|opportunities|submissions"
    r"|conversions|records|campaigns|members|headlines|answers|jobs)(?!:)\b"
)
# Where the number is never one, or one has a text of its own
NEVER_ONE = {
    "%(operation)s: %(count)s leads",
    "%(queue)s: %(count)s new leads to claim",
    "%s conversions are undone.",
    "%s days late",
    "Nothing done for %s days",
    "Nothing done for %s days: talk to the owner",
    "Nothing was done for %s hours",
    "days",  # of what is entered into a box before it
    "days.",
    "it was converted more than %s days ago",
    "leads",  # of a box, too
    "leads have arrived in the queue",
    "leads wait for somebody to do something.",
    "other records need it",
}


@tagged("post_install", "-at_install", "lead_words")
class TestWords(TransactionCase):
    """`tests/data/words.csv` is the list: in a language, a thing has one word, and the
    others are never used for it, but for what the last column allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(f"{MODULE}/tests/data/words.csv") as words:
            rows = list(csv.DictReader(words))
        cls.words = [
            Word(
                row["english"],
                row["language"],
                row["word"],
                re.compile(row["never"]),
                re.compile(row["but"] or "(?!)"),
            )
            for row in rows
        ]

    def find_wrong_words(self, text, language):
        """Return the words of a text that have another one in the list."""
        # Neither placeholders nor tags and their attributes are words.
        plain = re.sub(r"%\(\w+\)[sd]|<[^>]*>|\{\{.*?\}\}", " ", text)
        return [
            f"“{wrong[0]}” for “{word.word}”: {text}"
            for word in self.words
            if word.language == language
            and (wrong := word.never.search(word.but.sub("", plain)))
        ]

    def get_terms(self):
        """Return all texts of the addon that are there to be translated, without the
        labels that fields have from native mixins."""
        reader = TranslationModuleReader(self.env.cr, modules=[MODULE])
        terms = set()
        for _module, _kind, name, xml_id, source, *_rest in reader:
            if not name.startswith("ir.model") or self._is_own(xml_id):
                terms.add(source)
        return terms

    def _is_own(self, xml_id):
        """Tell whether a label or a name of a model is this addon's own."""
        record = self.env.ref(xml_id, raise_if_not_found=False)
        if not record:
            return False
        if record._name == "ir.model":
            return self.env[record.model]._original_module == MODULE
        if record._name == "ir.model.constraint":
            return True
        field = record if record._name == "ir.model.fields" else record.field_id
        own = self.env[field.model]._fields.get(field.name)
        return own is not None and MODULE in own._modules

    def test_the_list_can_be_read(self):
        languages = {word.language for word in self.words}
        self.assertEqual(languages, {"en", *LANGUAGES})
        for word in self.words:
            self.assertFalse(word.never.search(word.word), word)

    def test_english_texts_use_the_words(self):
        terms = self.get_terms()
        self.assertGreater(len(terms), 1000)
        wrong = [w for term in sorted(terms) for w in self.find_wrong_words(term, "en")]
        self.assertFalse(wrong, "\n".join(wrong))

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

    def test_counted_words_fit_one(self):
        """“1 leads assigned”: nothing here has a plural form of its own, so a number
        stands apart from the word, or one has a text of its own."""
        terms = self.get_terms()
        wrong = [term for term in terms - NEVER_ONE if COUNTED.search(term)]
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertFalse(NEVER_ONE - terms, "They are gone")

    def test_counted_words_are_found(self):
        for text in ("%s leads", "%(n)s of %(m)s new leads", "<b>3</b> rows", "leads."):
            self.assertTrue(COUNTED.search(text), text)
        for text in ("Leads: %s", "%s can't", "Hot leads", "of 1 lead"):
            self.assertFalse(COUNTED.search(text), text)

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

    def test_translations_use_the_words(self):
        wrong = []
        for language in LANGUAGES:
            path = file_path(f"{MODULE}/i18n/{language}.po")
            for entry in polib.pofile(path):
                if entry.msgstr and not entry.obsolete and "fuzzy" not in entry.flags:
                    wrong += [
                        f"{language}: {words} ({entry.msgid})"
                        for words in self.find_wrong_words(entry.msgstr, language)
                    ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_german_speaks_of_opportunities_where_english_does(self):
        """For example not for every Convert, which makes accounts as well."""
        wrong = [
            f"{entry.msgid}: {entry.msgstr}"
            for entry in polib.pofile(file_path(f"{MODULE}/i18n/de.po"))
            if "Verkaufschance" in entry.msgstr
            and not entry.obsolete
            and "opportunit" not in entry.msgid.lower()
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_who_has_a_lead_is_its_owner_in_every_view_of_leads(self):
        """Natively it is the salesperson, as of an opportunity."""
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "in", ["crm.lead", "crm.lead.report"])]
        )
        own = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.actions.act_window")]
        )
        checked = 0
        for action in actions.filtered(
            lambda action: action.id in own.mapped("res_id")
        ):
            model = self.env[action.res_model]
            views = [*action.views, (action.search_view_id.id, "search")]
            for view_id, kind in views:
                if kind not in ("list", "search", "calendar"):
                    continue  # one form for leads and opportunities, or no labels
                arch = etree.fromstring(model.get_view(view_id, kind)["arch"])
                for node in arch.iter("field"):
                    if node.get("name") == "user_id":
                        checked += 1
                        label = node.get("string") or model._fields["user_id"].string
                        if not node.get("column_invisible"):
                            self.assertEqual(label, "Owner", (action.name, kind))
        self.assertTrue(checked)
