"""What comes from npm: checkers of JavaScript, by package.json."""

import hashlib
import shutil
from pathlib import Path

from . import processes, progress
from .locks import lock
from .settings import REPO, cache

PACKAGES = REPO / "package.json"


def programs() -> Path | None:
    """Return the folder of the programs in package.json, None without npm.

    They are installed when missing; a change of the list installs them anew.
    """
    npm = shutil.which("npm")
    if not npm:
        return None
    key = hashlib.sha1(PACKAGES.read_bytes()).hexdigest()[:8]
    folder = cache("node", key)
    complete = folder / "complete"
    with lock("node"):
        if not complete.exists():
            _install(npm, folder)
            complete.touch()
    return folder / "node_modules" / ".bin"


def _install(npm: str, folder: Path):
    with progress.Step("Checkers of JavaScript"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(PACKAGES, folder)
        processes.run(
            "installing the checkers of JavaScript",
            [npm, "install", "--no-package-lock", "--no-audit", "--no-fund"],
            cwd=folder,
        )
