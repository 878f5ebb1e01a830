"""Is the documentation written plainly, and true of the files beside it?

README.md, the pages in docs and those of addons: how long sentences are, one spelling,
one arrow, links, blocks of code. Needs nothing but the files: a hook of pre-commit,
too.
"""

import ast
import configparser
import functools
import json
import re
import shutil
import subprocess
import textwrap
from pathlib import Path
from xml.etree import ElementTree

from tooling.settings import REPO

LONGEST = 20  # words of a sentence, on the average of a page
# What is written in another way, wherever it stands
SPELLINGS = {
    r"\be-mail": "email",
    r"\bweb site": "website",
    r"\b(behaviour|centre|colour|favourite|neighbour)": "US English",
    r"[▸›▶⟩]|(?<!\*)\*[A-Z][^*\n]*(→| > )[^*\n]*\*(?!\*)": "‣",
}
# What nobody would say; names on the screen, *so* or **so**, are what they are
WORDS = {
    r"\bdoors?\b": "way in",
    r"\bmend(s|ed|ing)?\b": "fix",
    r"(?<!first )\btouch(es|ed|ing)?\b": "change",
    r"\bseats?\b": "unavailable",
}
FENCE = re.compile(r"(?ms)^( *)```(\w*)[^\n]*\n(.*?)^\1```$")
LINK = re.compile(r"(?m)\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|href)=\"([^\"]+)\"")
NO_PROSE = re.compile(r"(?m)<!--.*?-->|<[^>]+>|^ *[#|>].*")
ITEM = re.compile(r"(?m)^ *(?:[-*]|\d+\.) +")
END = re.compile(r"(?<=[.!?])[\"”)*]*\s+(?=[\"“(*]*[A-Z0-9])")
CODE = re.compile("`([^`]+)`")
# Methods to extend; what others call stands in the reference, which is made from code.
PRIVATE = re.compile(r"(?<!\w)_[a-z]\w+")
# A file or folder, as it is named from the top of the repository
PLACE = re.compile(r"(?:lead_management\w*|lab|tooling|docs|\.ci|\.github)/[\w./*-]+")
NAME = re.compile(r"(\*{1,2})(?=\S)[^*]+(?<=\S)\1")


def check() -> list[str]:
    """Return what is wrong with the pages, a line each."""
    pages = [REPO / "README.md", *sorted(REPO.glob("docs/**/*.md"))]
    pages += sorted(REPO.glob("lead_management*/readme/*.md"))
    # The reference says what the code says, a history what was said at the time.
    left_out = ("reference", "HISTORY")
    pages = [it for it in pages if not {it.parent.name, it.stem} & {*left_out}]
    found = [(page.relative_to(REPO), problems(page)) for page in pages]
    return [f"{name}: {it}" for name, those in found for it in those]


def problems(page: Path) -> list[str]:
    """Return what is wrong with a page."""
    text = page.read_text()
    codes = [(name, textwrap.dedent(code)) for _, name, code in FENCE.findall(text)]
    errors = [(name, unreadable(name, code)) for name, code in codes]
    found = [f"a block of {name} can't be read: {it}" for name, it in errors if it]
    prose = FENCE.sub("", text)
    named = {it for code in CODE.findall(prose) for it in PRIVATE.findall(code)}
    found += [f"names {it}, which nobody defines" for it in sorted(named - defined())]
    named = {code for code in CODE.findall(prose) if PLACE.fullmatch(code)}
    gone = sorted(it for it in named if not any(REPO.glob(it)))
    found += [f"names {it}, which is not there" for it in gone]
    text = CODE.sub("Code", prose)
    targets = sorted({"".join(parts) for parts in LINK.findall(text)})
    found += [f"leads to {it}, which is not there" for it in targets if lost(page, it)]
    text = LINK.sub("]", text)
    for rules, said in ((SPELLINGS, text), (WORDS, NAME.sub("", text))):
        for pattern, right in rules.items():
            wrong = {match[0] for match in re.finditer(f"(?i){pattern}", said)}
            found += [f"says “{it}” ({right})" for it in sorted(wrong)]
    blocks = re.split(r"\n\s*\n", ITEM.sub("\n\n", NO_PROSE.sub("", text)))
    parts = [part for block in blocks for part in END.split(block) if part.strip()]
    if parts and (words := sum(len(it.split()) for it in parts) / len(parts)) > LONGEST:
        found.append(f"has {words:.1f} words a sentence, more than {LONGEST}")
    return found


@functools.cache
def defined() -> set[str]:
    """Return the private names that files of the addons hold."""
    files = [*REPO.glob("*lead_management*/**/*.py"), *REPO.glob("lab/**/*.py")]
    return {name for file in files for name in PRIVATE.findall(file.read_text())}


def lost(page: Path, target: str) -> bool:
    """Tell whether a link leads to no file of ours, or to no heading of one."""
    name, _, anchor = target.partition("#")
    path = page.parent / name if name else page
    if re.match(r"[a-z]+:", target) or (path.exists() and not anchor):
        return False
    text = path.read_text() if path.is_file() else ""
    titles = re.findall("(?m)^#+ +(.+?) *$", FENCE.sub("", text).lower())
    return anchor not in [re.sub(r"[^\w -]", "", it).replace(" ", "-") for it in titles]


def unreadable(language: str, code: str) -> str:
    """Return why a block of code can't be read, nothing if it can."""
    ini = configparser.ConfigParser(interpolation=None)
    readers = {"python": ast.parse, "json": json.loads, "ini": ini.read_string}
    readers["xml"] = lambda code: ElementTree.fromstring(f"<page>{code}</page>")
    try:
        readers.get(language, str)(code)
    except (SyntaxError, ValueError, configparser.Error) as error:
        return str(error)
    if language != "sh" or not (bash := shutil.which("bash")):
        return ""
    command = {"args": [bash, "-n"], "input": code, "capture_output": True}
    return subprocess.run(**command, text=True, check=False).stderr.strip()


if __name__ == "__main__":
    wrong = check()
    print("\n".join(wrong))
    raise SystemExit(bool(wrong))
