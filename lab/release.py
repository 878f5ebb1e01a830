"""./dev release: is everything said and drawn that a release needs? Then pack it.

For a commit that `.ci/run` has passed: what needs Odoo and a database is tried there.
"""

import datetime
import re
import subprocess

from tooling import addon, i18n, progress
from tooling.errors import Problem
from tooling.outcome import Outcome
from tooling.settings import ADDON, REPO

from . import manifests, picture_list, sbom, wheel

TARGET = REPO / "dist"
VERSION = re.compile(r"19\.0(\.\d+){3}")
# The latest release in CHANGELOG.md, and in the history of an addon
RELEASE = re.compile(r"^## (\S+) [-–] (\S+)$", re.MULTILINE)
ENTRY = re.compile(r"^## (\S+)$", re.MULTILINE)
# What a page shows: Markdown and HTML
PICTURE = re.compile(r'!\[[^\]]*\]\(([^)]+)\)|<img\b[^>]*\bsrc="([^"]+)"')
PAGES = ("*.md", "docs/**/*.md", "*/static/description/*.html")


def run(_arguments) -> int:
    """Check what a release says of itself, then pack it."""
    outcome = Outcome()
    for title, check in CHECKS.items():
        outcome.look(title, check)
    if not outcome.failed:
        outcome.count([pack])
    return outcome.close()


def pack():
    """Write the addons as wheels and as one zip of what is committed, and what they are
    made of."""
    version = addon.manifest()["version"]
    if TARGET.exists() and any(TARGET.iterdir()):
        raise Problem(f"{TARGET} holds another release.", "Remove it and start again.")
    with progress.Step("Wheels"):
        wheel.build(TARGET)
    archive = TARGET / f"{ADDON}-{version}.zip"
    with progress.Step("Zip for the app store"):
        _git("archive", "--format=zip", f"--output={archive}", "HEAD", *wheel.names())
    archive.with_suffix(".cdx.json").write_text(sbom.document())
    print(f"Release {version} is in {TARGET}. Tag its commit: git tag {version}")


def changes() -> list[str]:
    """Return what is not committed."""
    return _git("status", "--porcelain").splitlines()


def versions() -> list[str]:
    """Return addons that have changed since the last release without a new version."""
    tags = _git("tag", "--merged", "HEAD", "--list", "19.0.*", "--sort=-v:refname")
    if not tags:
        print("No earlier release has a tag: versions are compared with none.")
        return []
    last = tags.split()[0]
    changed = _git("diff", "--name-only", last, "HEAD").splitlines()
    touched = {path.partition("/")[0] for path in changed if "/tests/" not in path}
    touched.add(ADDON)  # its version is the release's
    before = {name: _version_at(last, name) for name in wheel.names()}
    return [
        f"{name} has changed since release {last} and is called {version} still"
        for name, version in before.items()
        if version and name in touched and _number(now(name)) <= _number(version)
    ]


def changelog() -> list[str]:
    """Return what the changelog and the histories of the addons don't tell."""
    return [
        *check_changelog((REPO / "CHANGELOG.md").read_text(), now(ADDON)),
        *(
            f"{name}/readme/HISTORY.md begins with another version than {now(name)}"
            for name in wheel.names()
            if (path := REPO / name / "readme" / "HISTORY.md").exists()
            and ENTRY.findall(path.read_text())[:1] != [now(name)]
        ),
    ]


def check_changelog(text: str, version: str) -> list[str]:
    """Return what is wrong with the first release of a changelog."""
    latest = RELEASE.search(text)
    if not latest or latest[1] != version:
        return [f"CHANGELOG.md does not begin with {version}"]
    try:
        future = datetime.date.fromisoformat(latest[2]) > datetime.date.today()
    except ValueError:
        return [f"CHANGELOG.md has {latest[2]} where the date of {version} belongs"]
    return [f"CHANGELOG.md dates {version} to the future"] if future else []


def migrations() -> list[str]:
    """Return folders of migrations that no upgrade to this release would run."""
    return [
        f"{path.relative_to(REPO)} is for another version than up to {now(name)}"
        for name in wheel.names()
        for path in sorted((REPO / name / "migrations").glob("[!_]*"))
        if not VERSION.fullmatch(path.name) or _number(path.name) > _number(now(name))
    ]


def texts() -> list[str]:
    """Return translations that are not whole, and addons that lack a language."""
    found = []
    files = {name: {*(REPO / name / "i18n").glob("*.po")} for name in wheel.names()}
    languages = {path.name for paths in files.values() for path in paths}
    for name, paths in files.items():
        lacking = languages - {path.name for path in paths} if paths else []
        found += [f"{name} lacks {language}" for language in sorted(lacking)]
        for path in sorted(paths):
            if count := len(i18n.UNTRANSLATED.findall(path.read_text())):
                found.append(f"{path.relative_to(REPO)}: {count} without translation")
    return found


def pictures() -> list[str]:
    """Return pictures that a page shows, or should, and that are not there."""
    wanted = {REPO / picture.file for picture in picture_list.PICTURES}
    for pattern in PAGES:
        for page in REPO.glob(pattern):
            for groups in PICTURE.findall(page.read_text()):
                source = "".join(groups)
                if "://" not in source:
                    wanted.add((page.parent / source).resolve())
    return [f"{path} is not there" for path in sorted(wanted) if not path.is_file()]


CHECKS = {
    "Everything committed": changes,
    "Manifests": manifests.check,
    "Versions": versions,
    "Changelog": changelog,
    "Migrations": migrations,
    "Texts": texts,
    "Pictures": pictures,
}


def now(name: str) -> str:
    """Return the version of an addon."""
    return addon.manifest(name)["version"]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _version_at(revision: str, name: str) -> str | None:
    """Return the version that an addon had, None if it was not there."""
    listed = _git("ls-tree", "--name-only", revision, f"{name}/__manifest__.py")
    if not listed:
        return None
    text = _git("show", f"{revision}:{name}/__manifest__.py")
    return re.search(r'"version": "([^"]+)"', text)[1]


def _git(*arguments) -> str:
    return subprocess.check_output(["git", *arguments], cwd=REPO, text=True)
