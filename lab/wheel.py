"""Build the addons as packages, and see whether Odoo has all of them when installed."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tooling import processes, progress, pythonenv
from tooling.errors import Problem
from tooling.settings import ADDON, REPO, TOGETHER, companions

# Files of the source that no wheel needs
LEFT_OUT = ("pyproject.toml", ".gitignore")
# How the README says that the addons are installed
COMMAND = re.compile(r"^pip (install (?:--\S+ )*\./lead_management\*)", re.MULTILINE)
# What pip knows of an Odoo that is installed as a package
DISTRIBUTION = "Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n"


def names() -> list[str]:
    """Return the addons that people install."""
    return [ADDON, *(name for name in companions() if name != TOGETHER)]


def check(odoo):
    """Do what the README says where Odoo runs from a folder, and where it is installed
    as a package, each in an environment of its own; look for all files of the addons
    there, and let Odoo find them.

    :raise Problem: an addon can't be built, lacks files, or is not found
    """
    from_folder, as_package = commands((REPO / "README.md").read_text())
    with tempfile.TemporaryDirectory() as wheels:
        with progress.Step("Building wheels"):
            build(Path(wheels))
        for command, is_package in ((from_folder, False), (as_package, True)):
            with (
                progress.Step(f"pip {command}"),
                tempfile.TemporaryDirectory() as folder,
            ):
                _try(odoo, command, Path(wheels), Path(folder), is_package)


def commands(readme: str) -> list[str]:
    """Return how the README installs the addons with pip: beside an Odoo that pip
    doesn't know, and beside one that it does."""
    found = sorted(COMMAND.findall(readme), key=lambda text: "--no-deps" not in text)
    if ["--no-deps" in text for text in found] != [True, False]:
        raise Problem(
            "README.md doesn't say how pip installs the addons.",
            "Once with --no-deps, for an Odoo in a folder, and once without.",
        )
    return found


def _try(odoo, command: str, wheels: Path, venv: Path, is_package: bool):
    """Install as a command does, with the wheels that were built of what it names."""
    what = "making a virtual environment"
    processes.run(what, [sys.executable, "-m", "venv", "--without-pip", venv])
    packages = next(venv.glob("lib/python*/site-packages"))
    if is_package:
        (packages / "odoo-19.0.dist-info").mkdir()
        (packages / "odoo-19.0.dist-info" / "METADATA").write_text(DISTRIBUTION)
    builder = pythonenv.environment("wheel")
    *options, pattern = command.split()
    built = [
        wheel
        for source in sorted(REPO.glob(pattern))
        for wheel in wheels.glob(f"odoo_addon_{source.name}-*.whl")
    ]
    pip(builder, *options, *built, into=venv)
    for name in names():
        _compare(name, packages / "odoo" / "addons" / name)
    _find(odoo, names(), packages)


def build(target: Path):
    """Write a wheel of each addon into a folder, called by its version alone: others
    have the number of commits since then, too."""
    builder = pythonenv.environment("wheel")
    sources = [REPO / name for name in names()]
    exact = {"WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"}
    pip(builder, "wheel", "--no-deps", "-w", target, *sources, env=exact)


def pip(builder: Path, verb: str, *arguments, into: Path | None = None, env=None):
    """Run pip with what builds our packages, and without fetching anything.

    :param into: the virtual environment to install into
    :param env: more variables
    """
    where = ["--python", into / "bin" / "python"] if into else []
    packages = next(builder.parents[1].glob("lib/python*/site-packages"))
    processes.run(
        f"pip {verb}",
        [
            *(*pythonenv.pip(builder), *where, verb),
            *("--no-index", "--no-build-isolation", *arguments),
        ],
        env={
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONPATH": str(packages),
            **(env or {}),
        },
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
