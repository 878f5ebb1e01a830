"""Virtual environments for Odoo and for the checkers, from pinned lists."""

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from . import debian, processes, progress
from .errors import Problem
from .locks import lock
from .settings import TOOLING, cache


def environment(name: str) -> Path:
    """Return the Python of the environment for tooling/<name>-requirements.txt.

    It is made when missing; a change of the list or of the Python makes a new one.
    """
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        raise Problem(
            "Odoo 19 runs on Python 3.10 to 3.13, and this is "
            f"{sys.version.split()[0]}.",
            "Start it with another one, for example: python3.12 dev run",
        )
    requirements = TOOLING / f"{name}-requirements.txt"
    content = requirements.read_bytes() + sys.base_prefix.encode()
    version = "{}.{}".format(*sys.version_info)
    key = f"{name}-{version}-{hashlib.sha1(content).hexdigest()[:8]}"
    folder = cache("venv", key)
    python = folder / "bin" / "python"
    complete = folder / "complete"
    if complete.exists() and python.exists():
        return python
    with lock(f"venv-{name}"):
        if not complete.exists() or not python.exists():
            _make(f"Python packages for {name}", folder, python, requirements)
            complete.touch()
    return python


def _make(title: str, folder: Path, python: Path, requirements: Path):
    wanted = sum(
        1
        for line in requirements.read_text().splitlines()
        if "==" in line.split("#")[0]
    )
    with progress.Step(title) as step:
        shutil.rmtree(folder, ignore_errors=True)
        options = [] if _has_pip() else ["--without-pip"]
        what = f"making a virtual environment with {sys.executable}"
        processes.run(what, [sys.executable, "-m", "venv", *options, folder])
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
                *pip(python),
                "install",
                "--prefer-binary",
                "--progress-bar=off",
                "-r",
                requirements,
            ],
            on_line=show,
            env={"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": ""},
        )


def pip(python: Path) -> list:
    """Return how pip is started with the Python of an environment."""
    return [python, "-m", "pip"] if _has_pip() else [python, _pip_wheel() / "pip"]


def _has_pip() -> bool:
    # Debian splits pip off Python; a wheel of it is enough, and needs no root.
    return bool(importlib.util.find_spec("ensurepip"))


def _pip_wheel() -> Path:
    """Return Debian's wheel of pip, for a Python that comes without it."""
    if not shutil.which("apt-get"):
        raise Problem(
            f"{sys.executable} has no pip and can't make a virtual environment.",
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
