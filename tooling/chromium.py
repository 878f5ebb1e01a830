"""The browser in which Odoo's tours run: the machine's, or one in the cache."""

import shutil
from pathlib import Path

from . import debian, processes, progress
from .errors import Problem
from .locks import lock
from .settings import cache

# The names Odoo's HttpCase looks for on the PATH.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# Without a window: it starts in a third of the time, and draws the same pages.
SHELL = "chromium-headless-shell"
PACKAGES = (SHELL, "fonts-liberation")
NO_DOWNLOAD = "As root: apt-get install -y chromium\nor skip the tours: --no-tours"

# An unpacked program must be told where its libraries and fonts are.
LAUNCHER = """\
#!/bin/sh
export LD_LIBRARY_PATH='{libraries}'
export FONTCONFIG_FILE='{fonts}'
exec '{root}/usr/lib/chromium/{shell}' "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <dir>{root}/usr/share/fonts</dir>
    <dir>/usr/share/fonts</dir>
    <cachedir>{root}/fontconfig</cachedir>
    {aliases}
</fontconfig>
"""
ALIAS = (
    "<alias><family>{}</family><prefer><family>Liberation {}</family></prefer></alias>"
)
FAMILIES = {"serif": "Serif", "sans-serif": "Sans", "monospace": "Mono"}


def folder() -> Path | None:
    """Return the folder to put on the PATH for a browser; None if one is there."""
    if any(shutil.which(name) for name in NAMES):
        return None
    launcher = cache("bin", "chromium")
    root = cache("debian", SHELL)
    if not launcher.exists() or not root.exists():
        if not shutil.which("apt-get"):
            raise Problem(
                "The browser tests need Chromium, and it is not on this machine.",
                "Install it with your package manager, or skip the tours: --no-tours",
            )
        with lock("browser"):
            if not launcher.exists() or not root.exists():
                debian.unpack("Chromium", PACKAGES, root, with_dependencies=True)
                _write_launcher(launcher, root)
    return launcher.parent


def program(environ: dict) -> str:
    """Return the path of the browser that Odoo would find with these variables."""
    for name in NAMES:
        if found := shutil.which(name, path=environ.get("PATH")):
            return found
    raise Problem("Chromium was not found.", "Install it with your package manager.")


def _write_launcher(launcher: Path, root: Path):
    fonts = root / "fonts.conf"
    aliases = "\n    ".join(ALIAS.format(*names) for names in FAMILIES.items())
    fonts.write_text(FONTS.format(root=root, aliases=aliases))
    libraries = debian.library_path(root)
    content = LAUNCHER.format(root=root, shell=SHELL, fonts=fonts, libraries=libraries)
    partial = launcher.with_suffix(".partial")
    partial.write_text(content)
    partial.chmod(0o755)
    with progress.Step("Trying Chromium"):
        try:
            processes.run(
                "Chromium", [partial, "--headless", "--no-sandbox", "--version"]
            )
        except Problem as problem:
            raise Problem(problem.what, NO_DOWNLOAD) from problem
    partial.rename(launcher)
