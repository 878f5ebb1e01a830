"""What the tooling needs to know about the addon."""

import ast
import hashlib
import re
from pathlib import Path

from .errors import Problem
from .settings import ADDON, REPO, TOGETHER, companions


def manifest(name: str = ADDON) -> dict:
    return read_manifest(REPO / name)


def read_manifest(folder: Path) -> dict:
    path = folder / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text())
    except OSError as error:
        raise Problem(f"{path} can't be read: {error.strerror}.") from error
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{path} is no valid manifest: {error}.") from error


def dependencies(name: str = ADDON) -> list[str]:
    """Return the modules of Odoo that an addon stands on, directly or by another."""
    found = set()
    for dependency in manifest(name).get("depends", ["base"]):
        is_own = dependency == ADDON or dependency in companions()
        found.update(dependencies(dependency) if is_own else [dependency])
    return sorted(found)


def house() -> list[str]:
    """Return the main addon and those that install themselves with it, the lowest
    first."""
    found = [ADDON]
    for name in with_dependencies(companions()):
        values = manifest(name)
        asked = values.get("auto_install") or []
        asked = values["depends"] if asked is True else asked
        if asked and set(asked) <= set(found):
            found.append(name)
    return found


def needed(names) -> list[str]:
    """Return the modules of Odoo that addons stand on."""
    return sorted({module for name in names for module in dependencies(name)})


def content_hash(*folders: Path) -> str:
    """Return a fingerprint of everything an upgrade could load into a database.

    :param folders: of the addons; all of ours by default
    """
    digest = hashlib.sha1()
    for folder in folders or [REPO / name for name in (ADDON, *companions())]:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if "__pycache__" in parts or not path.is_file():
                continue
            # Served or run as they are: no upgrade needed when they change.
            if parts[0] in ("tests", "readme", "README.rst") or parts[:2] == (
                "static",
                "tests",
            ):
                continue
            name = str(path.relative_to(folder.parent))
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def with_dependencies(names) -> list[str]:
    """Return addons and those of ours that they stand on, the lowest first."""
    found = []
    for name in names:
        if name == ADDON or name in companions():
            found += with_dependencies(manifest(name).get("depends", []))
            found.append(name)
    return list(dict.fromkeys(found))


def test_tag(name: str, *others: Path) -> str:
    """Return Odoo's test tag for a name a developer would type.

    A module (`test_claim`), a class (`TestClaim`), a method (`test_second_claimer`),
    `TestClaim.test_second_claimer`, or any tag of Odoo's, which begins with / : + or -.
    A test of a companion is found by its module or its class.

    :param others: folders of more addons whose tests are known
    """
    if name[:1] in "/:+-":
        return name
    stem = name.removesuffix(".py").rpartition("/")[2]
    folders = [*(REPO / addon for addon in (ADDON, *companions())), *others]
    for folder in folders:
        if found := sorted((folder / "tests").rglob(f"{stem}.py")):
            return f"/{found[0].relative_to(folder.parent)}"
    if name[:1].isupper():
        line = f"class {name.partition('.')[0]}("
        for folder in folders:
            for path in (folder / "tests").rglob("*.py"):
                if line in path.read_text():
                    return f"/{folder.name}:{name}"
        return f"/{ADDON}:{name}"
    return f"/{ADDON}.{name.removeprefix('.')}"


def tested_addon(tag: str) -> str:
    """Return which addon must be installed for a test tag: the main one if in doubt,
    and all of them for a tag that names none."""
    if not (named := re.match(r"/(\w+)", tag)):
        return TOGETHER
    return named[1] if named[1] in companions() else ADDON
