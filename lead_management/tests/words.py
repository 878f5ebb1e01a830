"""One word for one thing, on every screen and in each language."""

import csv
import re
from collections import namedtuple

import polib

from odoo.tests import TransactionCase
from odoo.tools import file_open, file_path
from odoo.tools.translate import TranslationModuleReader

LANGUAGES = ("de", "fr", "es", "it", "nl", "pt_BR", "pl")

Word = namedtuple("Word", "english language word never but")

# A number that is put in, and the many things it counts; a text of a view may begin
# with these, where the number is a field before it.
COUNTED = re.compile(
    r"((%(\(\w+\))?[sd]|\d\s*</\w+>)\s+|^)((new|open|other|automatic|more) )?"
    r"(leads|rows|days|hours|contacts|accounts|opportunities|submissions"
    r"|conversions|records|campaigns|members|headlines|answers|jobs)(?!:)\b"
)


class WordsCommon(TransactionCase):
    """`tests/data/words.csv` is the list: in a language, a thing has one word, and the
    others are never used for it, but for what the last column allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("lead_management/tests/data/words.csv") as words:
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


class WordsCase(WordsCommon):
    """The texts of an addon use the words of the list. Each addon of the house has such
    a test; as its texts are the same in every database, it runs in no lived-in one."""

    allow_inherited_tests_method = True
    # Texts whose number is never one, or that have one of their own for one
    NEVER_ONE = set()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = cls._get_terms()

    @classmethod
    def _get_terms(cls):
        """Return all texts of the addon that are there to be translated, without the
        labels that fields have from native mixins."""
        reader = TranslationModuleReader(cls.env.cr, modules=[cls.test_module])
        terms = set()
        for _module, _kind, name, xml_id, source, *_rest in reader:
            if not name.startswith("ir.model") or cls._is_own(xml_id):
                terms.add(source)
        return terms

    @classmethod
    def _is_own(cls, xml_id):
        """Tell whether a label or a name of a model is this addon's own."""
        record = cls.env.ref(xml_id, raise_if_not_found=False)
        if not record:
            return False
        if record._name == "ir.model":
            return cls.env[record.model]._original_module == cls.test_module
        if record._name == "ir.model.constraint":
            return True
        field = record if record._name == "ir.model.fields" else record.field_id
        own = cls.env[field.model]._fields.get(field.name)
        return own is not None and cls.test_module in own._modules

    def test_english_texts_use_the_words(self):
        self.assertTrue(self.terms)
        wrong = [
            words
            for term in sorted(self.terms)
            for words in self.find_wrong_words(term, "en")
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_counted_words_fit_one(self):
        """“1 leads assigned”: nothing here has a plural form of its own, so a number
        stands apart from the word, or one has a text of its own."""
        wrong = [term for term in self.terms - self.NEVER_ONE if COUNTED.search(term)]
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertFalse(self.NEVER_ONE - self.terms, "They are gone")

    def test_translations_use_the_words(self):
        wrong = []
        for language in LANGUAGES:
            path = file_path(f"{self.test_module}/i18n/{language}.po")
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
            for entry in polib.pofile(file_path(f"{self.test_module}/i18n/de.po"))
            if "Verkaufschance" in entry.msgstr
            and not entry.obsolete
            and "opportunit" not in entry.msgid.lower()
        ]
        self.assertFalse(wrong, "\n".join(wrong))
