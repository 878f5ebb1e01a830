"""Write translations into no language: longer, accented texts in brackets.

    pseudo_po.py FOLDER LANGUAGE ODOO'S-ADDONS

Started with Odoo's Python, for polib. FOLDER holds copies of addons; each gets a file
of LANGUAGE made of its list of texts. Prints, as JSON, the texts that only our addons
have and that nobody writes as a name: where one of them is seen, it isn't translated.
"""

import json
import re
import sys
from pathlib import Path

import polib

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from lab.crawling import PLACEHOLDERS, pseudo

WORDS = 3  # a name may be shorter


def write(texts, path):
    """Write the translation of a list of texts; return them."""
    for entry in texts:
        entry.msgstr = pseudo(entry.msgid)
    texts.save(path)
    return [entry.msgid for entry in texts]


def msgids(path):
    """Return the texts of a file of translations, those of one line, without reading
    all that is in it."""
    return set(re.findall(r'^msgid "(.+)"$', path.read_text(), re.MULTILINE))


def main():
    folder, language, odoos = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    own, known = set(), set()
    for path in folder.glob("*/i18n/*.pot"):
        own.update(write(polib.pofile(path), path.with_name(f"{language}.po")))
    for path in odoos.glob(f"*/i18n/{language}.po"):
        known |= msgids(path)
    alone = {text for text in own if len(text.split()) >= WORDS}
    plain = {text for text in alone if not PLACEHOLDERS.search(text)}
    json.dump(sorted(plain - known), sys.stdout)


if __name__ == "__main__":
    main()
