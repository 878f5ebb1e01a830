"""./dev lint: are code and documentation written as agreed? Needs no database."""

import subprocess
from pathlib import Path

from . import arrows, manifests, nodeenv, progress, pythonenv, readmes, words
from .odoo import own_path, unpacked
from .outcome import Outcome
from .settings import ADDON, REPO, TOOLING, cache, clone_id, companions


def add_arguments(parser):
    parser.add_argument("--fix", action="store_true", help="fix what can be fixed")


def run(arguments) -> int:
    """Run every check, and show what each one found."""
    outcome = Outcome()
    if arguments.fix:
        readmes.fix()
    programs = nodeenv.programs()
    for title, command, *folder in (
        *_checks(arguments.fix),
        *_script_checks(programs, arguments.fix),
    ):
        if command is None:
            continue
        with progress.Step(title):
            result = subprocess.run(
                [str(part) for part in command],
                cwd=folder[0] if folder else REPO,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode:
            print(
                f"\n{title}:\n{(result.stdout + result.stderr).strip()}\n", flush=True
            )
        outcome.add(passed=not result.returncode, failed=bool(result.returncode))
    _look(
        "Arrows between addons", outcome, lambda: arrows.check(own_path() or unpacked())
    )
    _look("Manifests", outcome, manifests.check)
    _look("Pages of addons", outcome, readmes.check)
    _look("Documentation", outcome, words.check)
    if not programs:
        print(
            "Left out: JavaScript and styles, whose checkers (eslint, prettier) need "
            "npm. Install Node.js 18 or newer with npm and start it again.",
            flush=True,
        )
    return outcome.close()


def _arrows() -> list[str]:
    return arrows.check(own_path() or unpacked())


def _look(title: str, outcome, check):
    """Show what a check of ours finds: lines, none if all is well."""
    with progress.Step(title):
        found = check()
    if found:
        print("\n".join([f"\n{title}:", *found, ""]), flush=True)
    outcome.add(passed=not found, failed=bool(found))


def _checks(fix: bool):
    """Return the title of each check, its command, and where it runs if not here."""
    bin_folder = pythonenv.environment("lint").parent
    ruff_fix = ["--fix"] if fix else []
    po_files = sorted(REPO.glob(f"{ADDON}*/i18n/*.po*"))
    modules = _as_modules_of_odoo()
    tools = sorted(modules.glob("odoo/addons/*/tools"))
    return [
        (
            "Rules for Python (ruff)",
            [bin_folder / "ruff", "check", "--output-format=concise", *ruff_fix, "."],
        ),
        (
            "Format of Python (ruff)",
            [
                bin_folder / "ruff",
                "format",
                *([] if fix else ["--check", "--diff"]),
                ".",
            ],
        ),
        (
            "Rules for Odoo code (ruff-odoo)",
            [
                *(bin_folder / "ruff-odoo", "check", "--no-cache"),
                *("--config", TOOLING / "ruff-odoo.toml", *ruff_fix),
                *(ADDON, *companions()),
            ],
        ),
        (
            "Types of tools (mypy)",
            [
                *(bin_folder / "mypy", "--config-file", REPO / "pyproject.toml"),
                *("--cache-dir", modules / "cache"),
                *(path.relative_to(modules) for path in tools),
            ],
            modules,
        ),
        (
            "XML and CSV files (OCA)",
            [bin_folder / "oca-checks-odoo-module", *ruff_fix, ADDON, *companions()],
        ),
        (
            "Translations (OCA)",
            [bin_folder / "oca-checks-po", *ruff_fix, *po_files] if po_files else None,
        ),
    ]


def _as_modules_of_odoo() -> Path:
    """Return a folder in which the addons are where they import each other from."""
    folder = cache("mypy", clone_id())
    addons = folder / "odoo" / "addons"
    addons.parent.mkdir(parents=True, exist_ok=True)
    if not addons.is_symlink():
        addons.symlink_to(REPO)
    return folder


def _script_checks(programs, fix: bool):
    """Return the checks of JavaScript and styles, none without their programs."""
    if not programs:
        return []
    files = _files("*.js", "*.mjs", "*.css", "*.scss")
    scripts = [name for name in files if name.endswith((".js", ".mjs"))]
    return [
        (
            "Rules for JavaScript (eslint)",
            [programs / "eslint", *(["--fix"] if fix else []), *scripts],
        ),
        (
            "Format of JavaScript and styles (prettier)",
            [
                *(programs / "prettier", "--log-level=warn"),
                *("--write" if fix else "--check", *files),
            ],
        ),
    ]


def _files(*patterns: str) -> list[str]:
    """Return the files of the repository, new ones among them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output([*command, "--", *patterns], cwd=REPO, text=True)
    return [name for name in names.splitlines() if (REPO / name).is_file()]
