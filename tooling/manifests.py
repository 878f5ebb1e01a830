"""Are the manifests complete, of one form, and true of the files beside them?

Needs nothing but the files: `python3 -m tooling.manifests` is a hook of pre-commit.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from . import addon
from .settings import ADDON, REPO, TOGETHER, companions

# The keys of a manifest in their order; those that all addons must have
KEYS = (
    *("name", "version", "development_status", "category", "summary", "author"),
    *("website", "license", "icon", "depends", "external_dependencies", "data"),
    *("demo", "assets", "pre_init_hook", "post_init_hook", "uninstall_hook"),
    *("application", "auto_install", "images"),
)
NEEDED = {*KEYS[:6], "license", "depends"}
# What is the same in all of them
SAME = ("development_status", "author", "website", "license")
STATUSES = ("Alpha", "Beta", "Production/Stable", "Mature")
VERSION = re.compile(r"19\.0(\.\d+){3}")
# Where records are: each file of theirs is loaded, or it is in vain
LOADED = ("data", "demo", "report", "security", "views", "wizard")


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
    found = [f"lacks {key!r}" for key in sorted(NEEDED - values.keys())]
    found += [f"has {key!r}, which no addon has" for key in values.keys() - {*KEYS}]
    if (keys := [key for key in KEYS if key in values]) != [*values][: len(keys)]:
        found.append(f"has its keys not in the order {', '.join(keys)}")
    if not VERSION.fullmatch(values.get("version", "")):
        found.append("has a version that is not 19.0.x.y.z")
    if values.get("development_status") not in STATUSES:
        found.append(f"has a development_status that is none of {', '.join(STATUSES)}")
    for key in SAME:
        if values.get(key) != main.get(key):
            found.append(f"has another {key!r} than {ADDON}")
    if folder.name != TOGETHER:
        found += _looks(folder, values) + _silent_pages(folder)
    return found + _files(folder, values)


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


def _files(folder: Path, values: dict) -> list[str]:
    """Return the files that are listed and not there, or there and not listed."""
    listed = {*values.get("data", []), *values.get("demo", [])}
    there = {
        path.relative_to(folder).as_posix()
        for name in LOADED
        for path in (folder / name).glob("**/*")
        if path.suffix in (".xml", ".csv")
    }
    return [
        *(f"lists {path}, which is not there" for path in sorted(listed - there)),
        *(f"does not list {path}" for path in sorted(there - listed)),
    ]


if __name__ == "__main__":
    wrong = check()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
