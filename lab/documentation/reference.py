"""The reference in docs/reference: a page of each addon, made from the code.

`bin/reference.py` tells what is on a page; it needs Odoo with the addon.
"""

from pathlib import Path

from tooling import addon, i18n
from tooling.settings import ADDON, REPO, TOGETHER, companions

FOLDER = REPO / "docs" / "reference"
WRITER = Path(__file__).with_name("bin") / "reference.py"
INDEX = """\
# Reference

What each addon adds to Odoo: models and fields, rights and rules, methods that programs
may call, seams for other addons, settings, parameters, scheduled actions and routes. It
is made from the code by `./dev docs --reference`, and checked with it.

| Addon | What it is for |
| --- | --- |
"""


def write() -> int:
    """Bring the pages of the reference up to the code."""
    exported = i18n.export(WRITER)
    renew({name: files[i18n.PAGE] for name, files in exported.items()}, check=False)
    return 0


def renew(made: dict[str, str], check: bool) -> int:
    """Bring pages up to the code, or show how they differ. Return how many did.

    :param made: the page of each addon by its name
    """
    FOLDER.mkdir(exist_ok=True)
    stale = sum(i18n.renew(path, text, check) for path, text in pages(made).items())
    for path in left_over():
        print(f"{path.relative_to(REPO)} is of no addon.")
        stale += 1
        if not check:
            path.unlink()
    return stale


def pages(made: dict[str, str]) -> dict[Path, str]:
    """Return the texts of all pages by their files."""
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
