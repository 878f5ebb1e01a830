"""./dev lint: are code and documentation written as agreed? Needs no database."""

import subprocess
from pathlib import Path

from . import nodeenv, progress, pythonenv
from .outcome import Outcome
from .settings import ADDON, REPO, TOOLING, cache, clone_id, companions


def add_arguments(parser):
    parser.add_argument("--fix", action="store_true", help="fix what can be fixed")


def run(arguments) -> int:
    """Run every check, and show what each one found."""
    outcome, fix = Outcome(), arguments.fix
    if fix:
        arguments.write()
    programs = nodeenv.programs()
    for title, command in (_checks(fix) | _script_checks(programs, fix)).items():
        with progress.Step(title):
            result = subprocess.run(
                [str(part) for part in command],
                cwd=_as_modules_of_odoo() if "mypy" in title else REPO,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode:
            said = (result.stdout + result.stderr).strip()
            print(f"\n{title}:\n{said}\n", flush=True)
        outcome.add(passed=not result.returncode, failed=bool(result.returncode))
    for title, check in arguments.checks.items():
        outcome.look(title, check)
    if not programs:
        print(
            "Left out: JavaScript and styles, whose checkers (eslint, prettier) need "
            "npm. Install Node.js 18 or newer with npm and start it again.",
            flush=True,
        )
    return outcome.close()


def _checks(fix: bool) -> dict[str, list]:
    """Return the command of each check by its title."""
    programs = pythonenv.environment("lint").parent
    fixing = ["--fix"] if fix else []
    addons = [ADDON, *companions()]
    tools = sorted(path for name in addons for path in REPO.glob(f"{name}/tools"))
    return {
        "Rules for Python (ruff)": [
            *(programs / "ruff", "check", "--output-format=concise", *fixing, ".")
        ],
        "Format of Python (ruff)": [
            *(programs / "ruff", "format"),
            *([] if fix else ["--check", "--diff"]),
            ".",
        ],
        "Rules for Odoo code (ruff-odoo)": [
            *(programs / "ruff-odoo", "check", "--no-cache"),
            *("--config", TOOLING / "ruff-odoo.toml", *fixing, *addons),
        ],
        "Types of tools (mypy)": [
            *(programs / "mypy", "--config-file", REPO / "pyproject.toml"),
            *("--cache-dir", cache("mypy", clone_id(), "cache")),
            *(Path("odoo", "addons", *path.parts[-2:]) for path in tools),
        ],
        "XML and CSV files (OCA)": [
            *(programs / "oca-checks-odoo-module", *fixing, *addons)
        ],
        "Translations (OCA)": [
            *(programs / "oca-checks-po", *fixing),
            *sorted(REPO.glob(f"{ADDON}*/i18n/*.po*")),
        ],
    }


def _as_modules_of_odoo() -> Path:
    """Return a folder in which the addons are where they import each other from."""
    addons = cache("mypy", clone_id(), "odoo", "addons")
    if not addons.is_symlink():
        addons.symlink_to(REPO)
    return addons.parents[1]


def _script_checks(programs, fix: bool) -> dict[str, list]:
    """Return the checks of JavaScript and styles, none without their programs."""
    if not programs:
        return {}
    files = _files("*.js", "*.mjs", "*.css", "*.scss")
    scripts = [name for name in files if name.endswith((".js", ".mjs"))]
    return {
        "Rules for JavaScript (eslint)": [
            *(programs / "eslint", *(["--fix"] if fix else []), *scripts)
        ],
        "Format of JavaScript and styles (prettier)": [
            *(programs / "prettier", "--log-level=warn"),
            *("--write" if fix else "--check", *files),
        ],
    }


def _files(*patterns: str) -> list[str]:
    """Return the files of the repository, new ones among them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output([*command, "--", *patterns], cwd=REPO, text=True)
    return [name for name in names.splitlines() if (REPO / name).is_file()]
