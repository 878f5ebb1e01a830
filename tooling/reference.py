"""The reference in docs/reference: a page of each addon, made from the code.

`tooling/bin/reference.py` tells what is on a page; it needs Odoo with the addon.
"""

from pathlib import Path

from . import addon
from .settings import ADDON, REPO, TOGETHER, companions

FOLDER = REPO / "docs" / "reference"
INDEX = """\
# Reference

What each addon adds to Odoo: models and fields, rights and rules, methods that programs
may call, seams for other addons, settings, parameters, scheduled actions and routes. It
is made from the code by `./dev docs --reference`, and checked with it.

| Addon | What it is for |
| --- | --- |
"""


def pages(made: dict[str, str]) -> dict[Path, str]:
    """Return the texts of all pages by their files.

    :param made: the page of each addon by its name
    """
    names = [ADDON, *(name for name in companions() if name != TOGETHER)]
    rows = [
        f"| [{name}]({name}.md) | {addon.manifest(name)['summary']} |\n"
        for name in names
    ]
    found = {FOLDER / "README.md": INDEX + "".join(rows)}
    return found | {FOLDER / f"{name}.md": text for name, text in made.items()}


def left_over() -> list[Path]:
    """Return the pages of addons that are no more."""
    known = {"README", ADDON, *companions()}
    return [path for path in sorted(FOLDER.glob("*.md")) if path.stem not in known]
