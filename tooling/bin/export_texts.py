"""Write what addons have to say into a folder: the lists of their texts, translations
brought up to them, and a page of the reference.

Started with Odoo's Python: export_texts.py OPTIONS OF ODOO -- FOLDER WRITER ADDON ...
The writer is a module that has a function `page`. Odoo's own command begins anew for
each file.
"""

import sys
from importlib import import_module
from pathlib import Path

import polib

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.translate import trans_export

ADDONS = Path(__file__).parents[2]


def merge(texts, translation):
    """Return the translation with exactly the entries of the list of texts, in its
    order. One of a text that changed is left out, rather than kept as a guess."""
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


def export(env, name, folder):
    """Write the list of texts of an addon, and its translations."""
    path = folder / f"{name}.pot"
    with path.open("wb") as output:
        trans_export(None, [name], output, "po", env)
    for translation in (ADDONS / name / "i18n").glob("*.po"):
        merged = merge(polib.pofile(str(path)), polib.pofile(str(translation)))
        merged.save(str(folder / translation.name))


def main():
    end = sys.argv.index("--")
    config.parse_config([*sys.argv[1:end], "--no-http"], setup_logging=True)
    folder, writer, *names = sys.argv[end + 1 :]
    sys.path.append(str(Path(writer).parent))
    page = import_module(Path(writer).stem).page
    (database,) = config["db_name"]
    with Registry(database).cursor(readonly=True) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        for name in names:
            own = Path(folder, name)
            own.mkdir()
            export(env, name, own)
            (own / "reference.md").write_text(page(env, name))


if __name__ == "__main__":
    main()
