"""The browser in which Odoo's tours run."""

import os
import shutil
from pathlib import Path

from . import processes, progress
from .errors import Problem

# The names Odoo's HttpCase looks for.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def find() -> Path:
    """Return a browser, installed first where that is possible."""
    if found := _on_path():
        return found
    command = "apt-get install -y chromium"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Problem(
            "The browser tests need Chromium, and it is not on this machine.",
            f"As root: {command}\nor leave the tours out: ./dev test --no-tours",
        )
    with progress.Step("Chromium") as step:
        what = "Installing Chromium"
        env = {"DEBIAN_FRONTEND": "noninteractive"}

        def show(line):
            if line.startswith(("Get:", "Unpacking", "Setting up")):
                step.update(" ".join(line.split()[:4])[:50])

        apt = ["apt-get", "-q", "-y", "--no-install-recommends"]
        processes.run(what, [*apt, "update"], env=env, on_line=show)
        processes.run(what, [*apt, "install", "chromium"], env=env, on_line=show)
    if not (found := _on_path()):
        raise Problem(
            "Chromium was installed, but is not on the PATH.", f"Try: {command}"
        )
    return found


def _on_path() -> Path | None:
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    return None
