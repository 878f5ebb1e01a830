"""What the tooling needs to know about the addon."""

import ast
import hashlib

from .errors import Problem
from .settings import ADDON, ADDON_PATH


def manifest() -> dict:
    path = ADDON_PATH / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text())
    except OSError as error:
        raise Problem(f"{path} can't be read: {error.strerror}.") from error
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{path} is no valid manifest: {error}.") from error


def dependencies() -> list[str]:
    return sorted(manifest().get("depends", ["base"]))


def content_hash() -> str:
    """Return a fingerprint of everything an upgrade could load into a database."""
    digest = hashlib.sha1()
    for path in sorted(ADDON_PATH.rglob("*")):
        parts = path.relative_to(ADDON_PATH).parts
        if "__pycache__" in parts or not path.is_file():
            continue
        # Served or run as they are: no upgrade needed when they change.
        if parts[0] in ("tests", "readme") or parts[:2] == ("static", "tests"):
            continue
        digest.update("/".join(parts).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def test_tag(name: str) -> str:
    """Return Odoo's test tag for a name a developer would type.

    A module (`test_claim`), a class (`TestClaim`), a method (`test_second_claimer`),
    `TestClaim.test_second_claimer`, or any tag of Odoo's, which begins with / : + or -.
    """
    if name[:1] in "/:+-":
        return name
    stem = name.removesuffix(".py").rpartition("/")[2]
    if found := sorted((ADDON_PATH / "tests").rglob(f"{stem}.py")):
        return f"/{ADDON}/{found[0].relative_to(ADDON_PATH)}"
    if name[:1].isupper():
        return f"/{ADDON}:{name}"
    return f"/{ADDON}.{name.removeprefix('.')}"
