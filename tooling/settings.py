"""Where things are, and the few settings that can move them."""

import hashlib
import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
TOOLING = REPO / "tooling"
ADDON = "lead_management"
# The addon with the tests that need several of the others
TOGETHER = "test_lead_management"


def companions() -> list[str]:
    """Return the addons beside the main one: those that tie it to other apps."""
    found = [path.parent.name for path in REPO.glob("*/__manifest__.py")]
    return sorted(name for name in found if name != ADDON)


def cache_folder() -> Path:
    """Return the folder for everything that is downloaded or made.

    It is outside the clone, so that several clones share one download and a
    `git clean` costs nothing.
    """
    if setting := os.environ.get("LEAD_MANAGEMENT_CACHE"):
        return Path(setting).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/lead_management")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).absolute() / "lead_management"


def cache(*parts: str) -> Path:
    """Return a path in the cache folder; its parent exists."""
    path = cache_folder().joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def clone_id() -> str:
    """Return a short name for this clone, so that clones don't share databases."""
    return hashlib.sha1(str(REPO).encode()).hexdigest()[:6]
