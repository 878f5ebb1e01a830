"""README.rst of each addon, written from its manifest and the pieces in `readme`.

It is what Odoo's Apps show of an addon, and the page of its wheel. The pieces have the
names that the OCA's generator reads, so an addon that moves there needs no other ones.

Needs nothing but the files: `python3 -m lab.documentation.readmes` is a hook of
pre-commit.
"""

import re
import textwrap
from pathlib import Path

from tooling import addon
from tooling.errors import Problem
from tooling.settings import ADDON, REPO, TOGETHER, companions

NAME = "README.rst"
# The pieces in the order of the page, and the titles above them
PIECES = {
    "DESCRIPTION": "",
    "CONTEXT": "Use Cases",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues",
    "CONTRIBUTORS": "Contributors",
    "HISTORY": "Changelog",
}
WRITTEN = """\
..
   Written by ./dev lint --fix from the manifest and the files in readme: change those.
"""
ADORNMENTS = "-~^"
HEADING = re.compile(r"(#+) +(.+)")
UNKNOWN = re.compile(r"^\s*(\||!\[|<\w|>)")
INLINE = re.compile(r"(`[^`]+`)|\[([^\]]+)\]\(([^)\s]+)\)|(\w_)(?!\w)")


def check() -> list[str]:
    """Return which pages are not as their pieces, a line each."""
    return [
        f"{path.relative_to(REPO)} is stale: ./dev lint --fix writes it"
        for path, text in pages().items()
        if not path.is_file() or path.read_text() != text
    ]


def fix():
    """Write the pages that are not as their pieces."""
    for path, text in pages().items():
        if not path.is_file() or path.read_text() != text:
            path.write_text(text)


def pages() -> dict[Path, str]:
    """Return the page of each addon that people install."""
    names = [ADDON, *(name for name in companions() if name != TOGETHER)]
    return {REPO / name / NAME: page(REPO / name) for name in names}


def page(folder: Path) -> str:
    """Return the page of an addon."""
    values = addon.read_manifest(folder)
    title = values["name"]
    parts = [f"{'=' * len(title)}\n{title}\n{'=' * len(title)}", WRITTEN.rstrip()]
    facts = {
        "Status": values["development_status"],
        "License": values["license"],
        "Depends on": ", ".join(f"``{name}``" for name in values["depends"]),
    }
    for name, heading in PIECES.items():
        path = folder / "readme" / f"{name}.md"
        if path.is_file():
            parts += [_heading(heading, 1)] if heading else []
            parts.append(as_rst(path.read_text(), path))
        if name == "DESCRIPTION":
            parts.append("\n".join(f":{key}: {it}" for key, it in facts.items()))
            parts.append("**Table of contents**\n\n.. contents::\n   :local:")
    return "\n\n".join(parts) + "\n"


def as_rst(text: str, path: Path) -> str:
    """Return Markdown as reStructuredText: paragraphs, lists, titles, links and code.

    :param path: of the text, for the error
    :raise Problem: for what has no translation here
    """
    lines, code = [], False
    for line in text.strip().splitlines():
        if line.lstrip().startswith("```"):
            code = not code
            indent = line[: len(line) - len(line.lstrip())]
            lines += [f"{indent}::", ""] if code else []
        elif code:
            lines.append(textwrap.indent(line, "   "))
        elif match := HEADING.fullmatch(line):
            # What a piece has at its top stands below the title of the piece.
            lines += _heading(_inline(match[2]), len(match[1])).splitlines()
        elif UNKNOWN.match(line):
            raise Problem(
                f"{path} has “{line.strip()}”, which {NAME} can't show.",
                "Write it as paragraphs, lists and code.",
            )
        elif line.startswith("    ") and (not lines or not lines[-1]):
            lines += ["::", "", line]
        else:
            lines.append(_inline(line))
    return "\n".join(lines)


def _heading(title: str, level: int) -> str:
    return f"{title}\n{ADORNMENTS[level - 1] * len(title)}"


def _inline(line: str) -> str:
    def replace(match):
        code, text, target, word = match.groups()
        if code:
            return f"`{code}`"
        if text:
            # Files of the repository are not there where the page is read.
            return f"`{text} <{target}>`__" if "://" in target else text
        return f"{word[:-1]}\\_"

    return INLINE.sub(replace, line)


if __name__ == "__main__":
    stale = check()
    fix()
    print("\n".join(stale))
    raise SystemExit(bool(stale))
