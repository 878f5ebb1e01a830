"""Bring translations up to the lists of texts. Started with Odoo's Python, for polib.

    merge_po.py LIST TRANSLATION OUTPUT [LIST TRANSLATION OUTPUT ...]

The entries of the output are in the order of the list. What the list no longer has
is left out; a translation of a text that changed is left out as well, rather than kept
as a guess.
"""

import sys

import polib


def merge(texts, translation):
    """Return the translation with exactly the entries of the list of texts."""
    known = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in translation
        if not (entry.obsolete or entry.fuzzy)
    }
    merged = polib.POFile(wrapwidth=texts.wrapwidth)
    merged.header = texts.header
    merged.metadata = translation.metadata
    for entry in texts:
        entry.msgstr = known.get((entry.msgctxt, entry.msgid), "")
        merged.append(entry)
    return merged


def main():
    files = iter(sys.argv[1:])
    for texts, translation, output in zip(files, files, files, strict=True):
        merge(polib.pofile(texts), polib.pofile(translation)).save(output)


if __name__ == "__main__":
    main()
