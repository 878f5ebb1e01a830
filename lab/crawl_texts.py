"""Pages in no language: which texts of ours are translated there, and which words on a
page are no text but the value of a record."""

import json
import os
import shutil
from itertools import groupby
from pathlib import Path

from tooling import nodeenv, processes, progress
from tooling.database import quoted
from tooling.settings import ADDON, REPO, companions

SCRIPT = Path(__file__).with_name("bin") / "pseudo_po.py"
# A language from right to left, in which our texts are no language
PSEUDO = "he"
# Where words are kept that are the same in every language: those that are translated
# are kept as JSON.
COLUMNS = """
    SELECT table_name, column_name
      FROM information_schema.columns
      JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND data_type IN ('character varying', 'text')
  ORDER BY 1, 2
"""


def in_no_language(odoo, folder):
    """Return an Odoo with copies of our addons that are translated into no language,
    and the texts that nobody sees in it as they are written. So texts are found that
    can't be translated, and styles that know only one direction.

    Without npm nothing turns styles around: the same Odoo is returned, and no text.
    """
    if not (programs := nodeenv.programs()):
        return odoo, []
    for name in (ADDON, *companions()):
        shutil.copytree(REPO / name, folder / name)
    addons = odoo.path / "odoo" / "addons"
    with progress.Step("Texts in no language"):
        printed = processes.run(
            "writing texts in no language",
            [odoo.python, SCRIPT, folder, PSEUDO, addons],
        )
    odoo = odoo.with_own(folder)
    folders = [str(programs), *([str(odoo.programs)] if odoo.programs else [])]
    return odoo.with_program(os.pathsep.join(folders)), json.loads(printed)


def without_values(odoo, database, texts):
    """Return the texts that are no value of a record as well.

    A rule that demo data name, or a program did, is called so in every language,
    wherever its name is told.
    """
    if not texts:
        return texts
    found = [
        odoo.databases.query(_select_values(table, columns), texts, database=database)
        for table, columns in _text_columns(odoo, database)
    ]
    values = {value for rows in found for (value,) in rows}
    return [text for text in texts if text not in values]


def _text_columns(odoo, database):
    """Return the tables that hold words, with the names of their columns."""
    rows = odoo.databases.query(COLUMNS, database=database)
    for table, same in groupby(rows, key=lambda row: row[0]):
        yield table, [column for _table, column in same]


def _select_values(table, columns):
    """Return the query of those words in a table that are among some texts."""
    values = ", ".join(f"({quoted(column)})" for column in columns)
    return f"""
        SELECT DISTINCT held.value
          FROM {quoted(table)} CROSS JOIN LATERAL (VALUES {values}) AS held(value)
         WHERE held.value = ANY(%s)
    """
