"""Are the manifests of one form, and do addons have what people look at first?

Which keys they need, versions, and the files that they list are for ruff-odoo and the
checks of the OCA. Needs nothing but the files: `python3 -m lab.manifests` is a hook
of pre-commit.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

from tooling import addon
from tooling.settings import ADDON, REPO, TOGETHER, companions

# The keys of a manifest in their order
KEYS = (
    *("name", "version", "development_status", "category", "summary", "author"),
    *("website", "license", "icon", "depends", "external_dependencies", "data"),
    *("demo", "assets", "pre_init_hook", "post_init_hook", "uninstall_hook"),
    *("application", "auto_install", "images"),
)
# What is the same in all of them
SAME = ("development_status", "author", "website", "license")
# Where actions may be
LOADED = ("data", "demo", "report", "views", "wizard")


def check() -> list[str]:
    """Return what is wrong with our manifests, a line each."""
    main = addon.manifest()
    return [
        f"{name}: {found}"
        for name in (ADDON, *companions())
        for found in problems(REPO / name, main)
    ]


def problems(folder: Path, main: dict) -> list[str]:
    """Return what is wrong with the manifest of an addon.

    :param main: the manifest of the main addon
    """
    values = addon.read_manifest(folder)
    found = [f"has {key!r}, which no addon has" for key in values.keys() - {*KEYS}]
    if (keys := [key for key in KEYS if key in values]) != [*values][: len(keys)]:
        found.append(f"has its keys not in the order {', '.join(keys)}")
    others = [key for key in SAME if values.get(key) != main.get(key)]
    found += [f"has another {key!r} than {ADDON}" for key in others]
    if folder.name != TOGETHER:
        found += _looks(folder, values) + _silent_pages(folder)
    return found


def _looks(folder: Path, values: dict) -> list[str]:
    """Return what people who look for apps, and those who build wheels, would miss."""
    wanted = ["readme/DESCRIPTION.md", "readme/CONTRIBUTORS.md", "pyproject.toml"]
    wanted += values.get("images", [])
    found = [f"lacks {path}" for path in wanted if not (folder / path).is_file()]
    icon = values.get("icon", f"/{folder.name}/static/description/icon.png")
    if not (folder.parent / icon.lstrip("/")).is_file():
        found.append(f"lacks an icon: 'icon': '/{ADDON}/static/description/icon.png'")
    return found


def _silent_pages(folder: Path) -> list[str]:
    """Return the pages that don't say what to do while they are empty."""
    return [
        f"has no help in {record.get('id')}, for the page while it is empty"
        for name in LOADED
        for path in sorted((folder / name).glob("**/*.xml"))
        for record in ElementTree.parse(path).iterfind(
            ".//record[@model='ir.actions.act_window']"
        )
        # A record of another addon is only changed here.
        if "." not in record.get("id")
        and record.findtext("field[@name='target']") != "new"
        and record.find("field[@name='help']") is None
    ]


if __name__ == "__main__":
    wrong = check()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
