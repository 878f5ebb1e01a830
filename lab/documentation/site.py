"""./dev docs: make a site of the documentation, and check what it says of ./dev."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from tooling import addon, processes, progress, pythonenv
from tooling.locks import lock
from tooling.outcome import Outcome
from tooling.settings import REPO, cache

from . import commands, readmes, reference, words

SITE = REPO / "dist" / "docs"
HERE = Path(__file__).parent
STYLE = HERE / "mkdocs.css"
# Draws the diagrams
MERMAID = "mermaid@11.17.2"
# The pages beside those in docs
TOP = ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY", "CODE_OF_CONDUCT")
# Where each page stands in the menu: by the first pattern that it matches
MENU = {
    "Home": ["README.md", "CHANGELOG.md"],
    "Guide": ["docs/guide/README.md", "docs/guide/*.md"],
    "Reference": ["docs/reference/README.md", "docs/reference/*.md"],
    "Decisions": ["docs/decisions/README.md", "docs/decisions/*.md"],
    "Architecture": [
        *("docs/where-to-change.md", "docs/architecture.md", "docs/extending.md"),
        "docs/words.md",
    ],
    "Performance": ["docs/performance.md"],
    "Security": ["docs/security.md", "SECURITY.md"],
    "Development": ["docs/development.md", "docs/compatibility.md", "C*.md"],
    "Features": ["docs/*.md"],
}
ORDER = ("Home", "Guide", "Features", "Reference", "Architecture", "Decisions")
# A browser would get these without being asked to.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//[^\s\">]+"
    r"|<link\b[^>]*\brel=\"?(?:stylesheet|preconnect|preload|icon)[^>]*href=\"?https?:"
    r"|(?:url\(|@import )[\"']?(?:https?:)?//[^\s\"')]+"
)


def add_arguments(parser):
    parser.add_argument(
        "--check", action="store_true", help="keep no site; fail on what is wrong"
    )
    parser.add_argument(
        "--reference",
        action="store_true",
        help="write the reference from the code instead, which starts Odoo",
    )


def run(arguments) -> int:
    """Make the site of all pages into dist/docs, or see whether it could be made."""
    if arguments.reference:
        return reference.write()
    outcome = Outcome()
    for title, check in (
        ("Commands in the documentation", lambda: _commands(arguments.parser)),
        ("Pages of addons", _unreadable_readmes),
        ("Site of the documentation", lambda: _site(arguments.check)),
    ):
        outcome.look(title, check)
    if not arguments.check and not outcome.failed:
        print(f"Look at it: python3 -m http.server -d {SITE.relative_to(REPO)}")
    return outcome.close()


def pages() -> list[Path]:
    """Return all pages of the documentation."""
    top = [path for name in TOP if (path := REPO / f"{name}.md").is_file()]
    return [*top, *sorted(REPO.glob("docs/**/*.md"))]


def menu(names: list[str]) -> list[dict]:
    """Return the sections of the site with their pages."""
    sections, left = {}, [*names]
    for title, patterns in MENU.items():
        for pattern in patterns:
            found = [name for name in left if Path(name).match(pattern)]
            # A folder is not what is deeper in it
            found = [it for it in found if it.count("/") == pattern.count("/")]
            sections.setdefault(title, []).extend(found)
            left = [name for name in left if name not in found]
    sections["Reference"] = [_labelled(name) for name in sections["Reference"]]
    titles = [*ORDER, *(title for title in MENU if title not in ORDER)]
    return [{it: sections[it]} for it in titles if sections[it]]


def _labelled(name: str) -> str | dict[str, str]:
    """Return a page of the reference with the short name of its addon."""
    path = REPO / Path(name).stem
    if not (path / "__manifest__.py").is_file():
        return name
    label = addon.read_manifest(path)["name"].rpartition(" – ")[2]
    return {label: name}


def _commands(parser) -> list[str]:
    known = commands.known(parser)
    return [
        f"{page.relative_to(REPO)}: {found}"
        for page in pages()
        for found in commands.problems(page.read_text(), known)
    ]


def _unreadable_readmes() -> list[str]:
    """Return what docutils, with which Odoo shows the pages of addons, says of them."""
    python = pythonenv.environment("docs")
    command = [python, HERE / "bin" / "read_rst.py", *readmes.pages()]
    return processes.run("reading the pages of addons", command).splitlines()


def _site(check: bool) -> list[str]:
    """Make the site, and return what is wrong with it."""
    python = pythonenv.environment("docs")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, site = folder / "pages", folder / "site"
        names = _gather(source)
        config = {
            "INHERIT": str(HERE / "mkdocs.yml"),
            "hooks": [str(HERE / "bin" / "mkdocs_lists.py")],
            "docs_dir": str(source),
            "site_dir": str(site),
            "nav": menu(names),
            "extra_css": [STYLE.name],
        }
        _link(source, STYLE, STYLE.name)
        # The theme would fetch the script that draws diagrams from elsewhere.
        if not check and (script := mermaid()):
            shutil.copy(script, source / "mermaid.js")
            config["extra_javascript"] = ["mermaid.js"]
        else:
            config["hooks"].append(str(HERE / "bin" / "mkdocs_no_mermaid.py"))
        path = folder / "mkdocs.yml"
        path.write_text(json.dumps(config))
        command = [python, "-m", "mkdocs", "build", "-f", path]
        said = processes.run("making the site", command, cwd=REPO).splitlines()
        found = [line for line in said if line.startswith(("WARNING", "ERROR"))]
        found += fetched(site)
        if not check and not found:
            shutil.rmtree(SITE, ignore_errors=True)
            SITE.parent.mkdir(exist_ok=True)
            shutil.move(site, SITE)
    return found


def _gather(source: Path) -> list[str]:
    """Put the pages and what they show or link to into a folder, as in the repository.

    :return: the names of the pages
    """
    names = []
    for page in pages():
        _link(source, page)
        names.append(str(page.relative_to(REPO)))
        for parts in words.LINK.findall(words.FENCE.sub("", page.read_text())):
            target = "".join(parts).partition("#")[0]
            path = Path(os.path.normpath(page.parent / target))
            if target and path.is_file() and path.is_relative_to(REPO):
                _link(source, path)
    return names


def _link(source: Path, path: Path, name: str = ""):
    place = source / (name or path.relative_to(REPO))
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.symlink_to(path)


def fetched(site: Path) -> list[str]:
    """Return what the pages of a site would get from elsewhere."""
    return [
        f"{path.relative_to(site)} fetches {match[0]}"
        for path in sorted(site.rglob("*"))
        if path.suffix in (".html", ".css")
        for match in FETCHED.finditer(path.read_text())
    ]


def mermaid() -> Path | None:
    """Return the script that draws diagrams in a browser, None without npm."""
    npm = shutil.which("npm")
    if not npm:
        return None
    folder = cache("node", MERMAID)
    script = folder / "package" / "dist" / "mermaid.min.js"
    with lock("mermaid"):
        if not script.exists():
            with progress.Step("Mermaid"):
                folder.mkdir(parents=True, exist_ok=True)
                command = [npm, "pack", "--silent", MERMAID]
                processes.run("downloading Mermaid", command, cwd=folder)
                for archive in folder.glob("*.tgz"):
                    shutil.unpack_archive(archive, folder)
                    archive.unlink()
    return script
