"""./dev i18n: keep the list of texts to translate as the code has them.

The reference in docs comes of the same start of Odoo.
"""

import difflib
import re
import tempfile
from pathlib import Path

from . import addon, processes, progress, templates
from . import odoo as odoo_module
from .errors import Problem
from .settings import REPO, TOGETHER, companions

# The hour of an export is no news, and would make every export a change.
DATES = re.compile(r'^"(POT-Creation|PO-Revision)-Date: .*\n', re.MULTILINE)
# An entry that ends with an empty translation; the header doesn't.
UNTRANSLATED = re.compile(r'^msgstr ""\n(?!")', re.MULTILINE)
PAGE = "reference.md"


def add_arguments(parser):
    parser.add_argument(
        "names", nargs="*", metavar="ADDON", help="whose texts (default: of all)"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when it is stale"
    )


def run(arguments) -> int:
    """Export the texts of a fresh installation, and bring the translations up to them.

    A translation keeps what is said about texts that are still there, and gets the new
    ones empty. With `--check` a stale list is a failure, and so is a text without
    translation.
    """
    reference, check = arguments.reference, arguments.check
    exported = export(reference.WRITER, arguments.names)
    pages = {name: files.pop(PAGE) for name, files in exported.items()}
    stale, missing = reference.renew(pages, check), 0
    for name, files in exported.items():
        folder = REPO / name / "i18n"
        if "\n#. module:" not in files[f"{name}.pot"] and not folder.exists():
            continue
        folder.mkdir(exist_ok=True)
        for file, text in files.items():
            stale += renew(folder / file, text, check)
            if file.endswith(".po") and (count := len(UNTRANSLATED.findall(text))):
                missing += count
                print(f"{name}/i18n/{file}: {count} texts without translation.")
    translations = sum(len(files) - 1 for files in exported.values())
    print(f"{len(exported)} addons, {translations} translations.")
    if check and stale:
        raise Problem(
            "The texts or the reference are stale.",
            "Renew them: ./dev i18n, and commit them.",
        )
    if check and missing:
        raise Problem(
            f"{missing} texts are not translated.", "Translate them in the .po files."
        )
    return 0


def renew(path: Path, after: str, check: bool) -> bool:
    """Write a file that isn't as it should be, or show the difference. Return whether
    there was one."""
    before = path.read_text() if path.exists() else ""
    name = str(path.relative_to(REPO))
    if before == after:
        return False
    if check:
        lines = before.splitlines(), after.splitlines()
        difference = difflib.unified_diff(*lines, name, "what the code says", n=1)
        print("\n".join([*difference][:80]))
    else:
        path.write_text(after)
        print(f"Wrote {name}.")
    return True


def export(writer: Path, names=()) -> dict[str, dict[str, str]]:
    """Return the texts and the reference of our addons, or of those named: of those
    that install themselves together, then of each of the others, which needs more of
    Odoo's apps, as these add texts to our models.

    :param writer: a program that writes a page of the reference
    :return: texts by the names of the files, by those of the addons
    """
    odoo, house, found = odoo_module.find(), addon.house(), {}
    if wanted := [name for name in house if name in (names or house)]:
        found |= _export(odoo, templates.ours(odoo), writer, wanted)
    for name in companions():
        if name not in house and name != TOGETHER and name in (names or [name]):
            own = addon.with_dependencies([name])
            source = templates.of_odoo(odoo, addon.needed(own), demo=False)
            source = templates.with_addons(odoo, source, own, chained=True)
            found |= _export(odoo, source, writer, [name])
    return found


def _export(odoo, source: str, writer: Path, names):
    with (
        odoo.databases.temporary("check", source) as database,
        tempfile.TemporaryDirectory() as folder,
        progress.Step("Collecting the texts"),
    ):
        command = odoo.command(
            *("--", folder, writer, *names),
            database=database,
            subcommand=(),
            program="export_texts.py",
        )
        processes.run("exporting the texts", command, env=odoo.environ())
        return {
            name: {
                path.name: DATES.sub("", path.read_text())
                for path in sorted(Path(folder, name).iterdir())
            }
            for name in names
        }
