"""./dev i18n: keep the list of texts to translate as the code has them.

The reference in docs comes of the same start of Odoo."""

import difflib
import re
import tempfile
from pathlib import Path

from . import addon, progress, reference, templates
from . import odoo as odoo_module
from .errors import Problem
from .processes import run as run_program
from .settings import REPO, TOGETHER, TOOLING, companions

# The hour of an export is no news, and would make every export a change.
DATES = re.compile(r'^"(POT-Creation|PO-Revision)-Date: .*\n', re.MULTILINE)

# An entry that ends with an empty translation; the header doesn't.
UNTRANSLATED = re.compile(r'^msgstr ""\n(?!")', re.MULTILINE)


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
    odoo = odoo_module.find()
    stale = missing = 0
    exported, translations = _export_all(odoo, arguments.names), {}
    lists = {name: texts for name, (texts, _page) in exported.items()}
    stale += _renew_reference(exported, arguments.check)
    for name, texts in lists.items():
        folder = REPO / name / "i18n"
        if "\n#. module:" not in texts and not folder.exists():
            continue
        folder.mkdir(exist_ok=True)
        stale += _renew(folder / f"{name}.pot", texts, arguments.check)
        translations |= dict.fromkeys(sorted(folder.glob("*.po")), texts)
    for path, merged in merge(odoo, translations).items():
        stale += _renew(path, merged, arguments.check)
        if count := len(UNTRANSLATED.findall(merged)):
            missing += count
            print(f"{path.relative_to(REPO)}: {count} texts without translation.")
    print(f"{len(lists)} addons, {len(translations)} translations.")
    if arguments.check and stale:
        raise Problem(
            "The texts or the reference are stale.",
            "Renew them: ./dev i18n, and commit them.",
        )
    if arguments.check and missing:
        raise Problem(
            f"{missing} texts are not translated.", "Translate them in the .po files."
        )
    return 0


def write_reference() -> int:
    """Bring the pages of the reference up to the code."""
    _renew_reference(_export_all(odoo_module.find(), []), check=False)
    return 0


def _renew_reference(exported, check: bool) -> int:
    """Bring pages up to the code, or show how they differ. Return how many did."""
    made = {name: page for name, (_texts, page) in exported.items()}
    reference.FOLDER.mkdir(exist_ok=True)
    stale = sum(
        _renew(path, text, check) for path, text in reference.pages(made).items()
    )
    for path in reference.left_over():
        print(f"{path.relative_to(REPO)} is of no addon.")
        if not check:
            path.unlink()
    return stale + len(reference.left_over())


def merge(odoo, translations: dict[Path, str]) -> dict[Path, str]:
    """Return what translations would be, brought up to the lists of texts.

    :param translations: the list of each
    """
    with tempfile.TemporaryDirectory() as folder:
        outputs, arguments = {}, []
        for number, (path, texts) in enumerate(translations.items()):
            texts_path = Path(folder, f"{number}.pot")
            texts_path.write_text(texts)
            outputs[path] = Path(folder, f"{number}.po")
            arguments += [texts_path, path, outputs[path]]
        program = TOOLING / "bin" / "merge_po.py"
        run_program("merging the translations", [odoo.python, program, *arguments])
        return {path: output.read_text() for path, output in outputs.items()}


def _renew(path: Path, after: str, check: bool) -> bool:
    """Write a file that isn't as it should be, or show the difference. Return whether
    there was one."""
    before = path.read_text() if path.exists() else ""
    name = path.relative_to(REPO)
    if before == after:
        return False
    if check:
        difference = difflib.unified_diff(
            before.splitlines(),
            after.splitlines(),
            str(name),
            "what the code says",
            n=1,
        )
        print("\n".join(list(difference)[:80]))
    else:
        path.write_text(after)
        print(f"Wrote {name}.")
    return True


def _export_all(odoo, names) -> dict[str, tuple[str, str]]:
    """Return the texts and the reference of our addons, or of those named: of those
    that install themselves together, then of each of the others, which needs more of
    Odoo's apps, as these add texts to our models."""
    house, texts = addon.house(), {}
    if wanted := [name for name in house if name in (names or house)]:
        texts |= _export(odoo, templates.ours(odoo), wanted)
    for name in companions():
        if name not in house and name != TOGETHER and name in (names or [name]):
            own = addon.with_dependencies([name])
            source = templates.of_odoo(odoo, addon.needed(own), demo=False)
            source = templates.with_addons(odoo, source, own, chained=True)
            texts |= _export(odoo, source, [name])
    return texts


def _export(odoo, source: str, names) -> dict[str, tuple[str, str]]:
    """Return the texts and the reference of addons by their names, from a copy of a
    database."""
    with (
        odoo.databases.temporary("check", source) as database,
        tempfile.TemporaryDirectory() as folder,
        progress.Step("Collecting the texts"),
    ):
        run_program(
            "exporting the texts",
            odoo.command(
                *("--", folder, *names),
                database=database,
                subcommand=(),
                program="export_texts.py",
            ),
            env=odoo.environ(),
        )
        return {
            name: (
                DATES.sub("", Path(folder, f"{name}.pot").read_text()),
                Path(folder, f"{name}.md").read_text(),
            )
            for name in names
        }
