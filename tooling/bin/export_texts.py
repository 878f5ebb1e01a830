"""Write the texts of addons to translate, and their reference, into a folder.

Started with Odoo's Python: export_texts.py OPTIONS OF ODOO -- FOLDER ADDON ...

Odoo's own command begins anew for each file.
"""

import sys
from pathlib import Path

import reference

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.translate import trans_export


def main():
    end = sys.argv.index("--")
    config.parse_config([*sys.argv[1:end], "--no-http"], setup_logging=True)
    folder, *names = sys.argv[end + 1 :]
    (database,) = config["db_name"]
    with Registry(database).cursor(readonly=True) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        for name in names:
            with Path(folder, f"{name}.pot").open("wb") as output:
                trans_export(None, [name], output, "po", env)
            Path(folder, f"{name}.md").write_text(reference.page(env, name))


if __name__ == "__main__":
    main()
