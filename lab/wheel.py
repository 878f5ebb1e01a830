"""Build the addons as wheels, and see whether Odoo has all of them when installed."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tooling import processes, progress, pythonenv
from tooling.errors import Problem
from tooling.settings import ADDON, REPO, companions

# Files of the source that no wheel needs
LEFT_OUT = ("pyproject.toml", ".gitignore")


def check(odoo):
    """Build each addon, install it into an environment of its own, and look for it.

    :raise Problem: an addon can't be built, lacks files, or is not found
    """
    builder = pythonenv.environment("wheel")
    with progress.Step("Wheels"), tempfile.TemporaryDirectory() as folder:
        venv = Path(folder, "venv")
        processes.run(
            "making a virtual environment",
            [sys.executable, "-m", "venv", "--without-pip", venv],
        )
        names = [ADDON, *companions()]
        wheels = Path(folder, "wheels")
        sources = [REPO / name for name in names]
        _pip(builder, "wheel", "--no-build-isolation", "-w", wheels, *sources)
        built = wheels.glob("*.whl")
        _pip(builder, "--python", venv / "bin" / "python", "install", *built)
        packages = next(venv.glob("lib/python*/site-packages"))
        for name in names:
            _compare(name, packages / "odoo" / "addons" / name)
        _find(odoo, names, packages)


def _pip(python: Path, *arguments):
    options = []
    if arguments[0] == "--python":
        options, arguments = arguments[:2], arguments[2:]
    verb, *rest = arguments
    processes.run(
        f"pip {verb}",
        [*pythonenv.pip(python), *options, verb, "--no-deps", "--no-index", *rest],
        env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )


def _compare(name: str, installed: Path):
    """Refuse a wheel that lacks files of the addon's source."""
    missing = _files(REPO / name) - _files(installed)
    if missing:
        raise Problem(
            f"The wheel of {name} lacks {', '.join(sorted(missing)[:10])}.",
            "whool packs what git tracks: is it committed, or ignored?",
        )


def _files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.name not in LEFT_OUT
    }


def _find(odoo, names: list[str], packages: Path):
    """Refuse when Odoo, started without a path to addons, does not find them."""
    environ = odoo.environ()
    environ["PYTHONPATH"] += f":{packages}"
    result = subprocess.run(
        [odoo.python, Path(__file__).with_name("bin") / "find_addon.py", *names],
        env=environ,
        cwd=packages,
        capture_output=True,
        text=True,
        check=False,
    )
    wanted = [str((packages / "odoo" / "addons" / name).resolve()) for name in names]
    if result.stdout.split("\n")[:-1] != wanted:
        raise Problem(
            f"Odoo does not find all of the addons installed as wheels:\n"
            f"{result.stderr[-800:] or result.stdout}",
        )
