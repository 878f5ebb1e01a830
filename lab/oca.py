"""Addons of the Odoo Community Association, to be installed beside ours in tests."""

import hashlib
import shutil
from pathlib import Path

from tooling import addon, processes, progress, pythonenv
from tooling.locks import lock
from tooling.settings import TOOLING, cache

REQUIREMENTS = TOOLING / "oca-requirements.txt"


def folder(python: Path) -> Path:
    """Return the folder with the addons, unpacked from their wheels when missing."""
    key = hashlib.sha1(REQUIREMENTS.read_bytes()).hexdigest()[:8]
    target = cache("oca", key)
    addons = target / "odoo" / "addons"
    with lock("oca"):
        if not target.exists():
            _unpack(python, target)
    return addons


def _unpack(python: Path, target: Path):
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    with progress.Step("Addons of the Odoo Community Association"):
        processes.run(
            "downloading addons of the Odoo Community Association",
            # Odoo itself is there already, and is no package of pip's
            [
                *pythonenv.pip(python),
                *("install", "--no-deps", "--no-compile", "--progress-bar=off"),
                *("--target", partial, "-r", REQUIREMENTS),
            ],
            env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )
    partial.rename(target)


def manifests(addons: Path) -> dict[str, dict]:
    """Return the manifest of each addon, by name."""
    return {
        path.parent.name: addon.read_manifest(path.parent)
        for path in sorted(addons.glob("*/__manifest__.py"))
    }


def dependencies(addons: Path) -> set[str]:
    """Return the modules of Odoo that the addons stand on."""
    found = manifests(addons)
    needed = {name for manifest in found.values() for name in manifest["depends"]}
    return needed - set(found)
