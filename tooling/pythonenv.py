"""Virtual environments for Odoo and for the checkers, from pinned lists."""

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import debian, processes, progress
from .errors import Problem
from .locks import lock
from .settings import TOOLING, cache

OLDEST, NEWEST = (3, 10), (3, 13)  # that Odoo 19 runs on
ASKED = """
import importlib.util, json, sys
has_pip = bool(importlib.util.find_spec("ensurepip"))
print(json.dumps([sys.version_info[:2], sys.base_prefix, has_pip]))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that environments can be made with."""

    program: str
    version: tuple[int, int]
    prefix: str
    has_pip: bool  # Debian splits pip off Python; a wheel of it is enough.

    @classmethod
    def ask(cls, program):
        """Return the Python of a program, None if it isn't one."""
        try:
            answer = subprocess.check_output([program, "-c", ASKED])
            version, prefix, has_pip = json.loads(answer)
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
        return cls(program, tuple(version), prefix, has_pip)


@functools.cache
def interpreter() -> Interpreter:
    """Return the Python of the system, if Odoo runs on it, else the one that runs this.

    Distributions build theirs for speed, and version managers mostly don't: Odoo's
    tests take a sixth longer with one of these.
    """
    for program in (shutil.which("python3", path=os.defpath), sys.executable):
        found = program and Interpreter.ask(program)
        if found and OLDEST <= found.version <= NEWEST:
            return found
    raise Problem(
        f"Odoo 19 runs on Python 3.10 to 3.13, and this is {sys.version.split()[0]}.",
        "Start it with another one, for example: python3.12 dev run",
    )


def environment(name: str) -> Path:
    """Return the Python of the environment for tooling/<name>-requirements.txt.

    It is made when missing; a change of the list or of the Python makes a new one.
    """
    source = interpreter()
    requirements = TOOLING / f"{name}-requirements.txt"
    content = requirements.read_bytes() + source.prefix.encode()
    version = "{}.{}".format(*source.version)
    key = f"{name}-{version}-{hashlib.sha1(content).hexdigest()[:8]}"
    folder = cache("venv", key)
    python = folder / "bin" / "python"
    complete = folder / "complete"
    if complete.exists() and python.exists():
        return python
    with lock(f"venv-{name}"):
        if not complete.exists() or not python.exists():
            _make(source, f"Python packages for {name}", folder, python, requirements)
            complete.touch()
    return python


def _make(source, title: str, folder: Path, python: Path, requirements: Path):
    lines = requirements.read_text().splitlines()
    wanted = sum("==" in line.split("#")[0] for line in lines)
    with progress.Step(title) as step:
        shutil.rmtree(folder, ignore_errors=True)
        options = [] if source.has_pip else ["--without-pip"]
        what = f"making a virtual environment with {source.program}"
        processes.run(what, [source.program, "-m", "venv", *options, folder])
        seen = set()

        def show(line):
            if line.startswith("Collecting "):
                seen.add(line.split()[1])
                step.update(line.split()[1], len(seen) / max(wanted, len(seen) + 1))
            elif line.startswith("Installing collected"):
                step.update("unpacking", 0.99)

        processes.run(
            "installing the Python packages",
            # --prefer-binary: a wheel a little older beats compiling
            [
                *(*pip(python), "install", "--prefer-binary", "--progress-bar=off"),
                *("-r", requirements),
            ],
            on_line=show,
            env={"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": ""},
        )


def pip(python: Path) -> list:
    """Return how pip is started with the Python of an environment."""
    if interpreter().has_pip:
        return [python, "-m", "pip"]
    return [python, _pip_wheel() / "pip"]


def _pip_wheel() -> Path:
    """Return Debian's wheel of pip, for a Python that comes without it."""
    if not shutil.which("apt-get"):
        raise Problem(
            f"{interpreter().program} has no pip and can't make a virtual environment.",
            "Install your system's package for Python's venv module and start again.",
        )
    target = cache("debian", "pip")
    if not target.exists():
        debian.unpack("pip", ["python3-pip-whl"], target)
    return next(target.glob("usr/share/python-wheels/pip-*.whl"))


def clean_environ() -> dict:
    """Return the variables Odoo's Python starts with, free of the caller's venv."""
    dropped = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if key not in dropped}
