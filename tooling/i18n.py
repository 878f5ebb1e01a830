"""./dev i18n: keep the list of texts to translate as the code has them."""

import difflib
import re
import tempfile
from pathlib import Path

from . import addon, modules, progress
from . import odoo as odoo_module
from .errors import Problem
from .processes import run as run_program
from .settings import ADDON, ADDON_PATH, REPO

# The hour of an export is no news, and would make every export a change.
DATES = re.compile(r'^"(POT-Creation|PO-Revision)-Date: .*\n', re.MULTILINE)


def add_arguments(parser):
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when it is stale"
    )


def run(arguments) -> int:
    """Export the texts of a fresh installation to i18n/lead_management.pot."""
    path = ADDON_PATH / "i18n" / f"{ADDON}.pot"
    before = path.read_text() if path.exists() else ""
    after = _export(odoo_module.find())
    name = path.relative_to(REPO)
    if before == after:
        print(f"{name} is up to date.")
        return 0
    difference = difflib.unified_diff(
        before.splitlines(), after.splitlines(), str(name), "what the code says", n=1
    )
    if arguments.check:
        print("\n".join(list(difference)[:80]))
        raise Problem(f"{name} is stale.", "Renew it with ./dev i18n and commit it.")
    path.parent.mkdir(exist_ok=True)
    path.write_text(after)
    print(f"Wrote {name}.")
    return 0


def _export(odoo) -> str:
    source = modules.template(odoo, addon.dependencies(), demo=False)
    with (
        odoo.databases.temporary("check", source) as name,
        tempfile.TemporaryDirectory() as folder,
    ):
        modules.load(odoo, name, "Installing the addon", install=[ADDON])
        output = Path(folder, f"{ADDON}.pot")
        with progress.Step("Collecting the texts"):
            run_program(
                "exporting the texts",
                odoo.command(
                    *("--languages", "pot", "--output", output, ADDON),
                    database=name,
                    subcommand=("i18n", "export"),
                ),
                env=odoo.environ(),
            )
        return DATES.sub("", output.read_text())
