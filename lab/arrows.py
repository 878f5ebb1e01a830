"""The arrows between our addons: what each names of which other.

An addon may name what it defines itself, and what the addons it depends on define. A
name that nobody but another addon defines (a model, field, method, external id, class
or route) is an arrow that its manifest doesn't allow, wherever it stands: in Python,
XML, JavaScript or CSV. So is the other addon's own name.

What Odoo has a word for is taken for Odoo's. Tests are left out: they run with nothing
installed but what their addon depends on, which tells more.
"""

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tooling import addon
from tooling.odoo import own_path, unpacked
from tooling.settings import ADDON, REPO, companions

SHORTEST = 4  # shorter names tell nothing
# What Odoo is made of, beside its addons
FRAMEWORK = ("orm", "tools", "models", "fields", "api", "http", "modules")
WORD = re.compile(rf"[A-Za-z_]\w{{{SHORTEST - 1},}}")
DOTTED = re.compile(r"\b[a-z]\w*(?:\.[a-z]\w*)+\b")
# A string that may be a name, a path of names, a domain or a route, and no sentence
CODE = re.compile(r"[\w./:,@#\-\[\]()'\"|&!=<>% {}\\]+")
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
SEEN_BY_PEOPLE = {"string", "help", "placeholder", "title", "confirm", "alt", "class"}


@dataclass
class Names:
    """What the files of an addon define, and what they name."""

    defined: set = field(default_factory=set)
    # Keys of dictionaries: nobody's own, and no arrow where they mean something here
    keys: set = field(default_factory=set)
    # The places by name
    named: dict = field(default_factory=lambda: defaultdict(list))

    def name(self, text: str, place: str):
        """Note the names in a text: those of models have dots where those of their
        tables have none."""
        for dotted in DOTTED.findall(text):
            self.named[dotted.replace(".", "_")].append(place)
        for word in WORD.findall(DOTTED.sub(" ", text)):
            self.named[word].append(place)


def check() -> list[str]:
    """Return the arrows that no manifest allows, a line each."""
    odoo = own_path() or unpacked()
    own = [ADDON, *(name for name in companions() if name.startswith(ADDON))]
    allowed = {name: {*addon.with_dependencies([name])} for name in own}
    names = {name: read(REPO / name) for name in own}
    native = {word for name in _native(odoo, own) for word in _words(name)}
    return find(names, allowed, native)


def _native(odoo: Path, own) -> list[Path]:
    """Return the folders and files of Odoo that our addons stand on."""
    addons = odoo / "odoo" / "addons"
    found, left = set(), addon.needed(own)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += addon.read_manifest(addons / name).get("depends", [])
    framework = [odoo / "odoo" / name for name in FRAMEWORK]
    return [*(addons / name for name in found), *framework]


def _words(place: Path) -> set:
    """Return all names in one of Odoo's addons, or in a part of its framework."""
    files = [*place.rglob("*"), place.with_suffix(".py")]
    return {
        word
        for path in files
        if path.suffix in (".py", ".xml", ".js", ".csv") and "tests" not in path.parts
        if path.is_file()
        for word in WORD.findall(path.read_text(errors="replace"))
    }


def read(folder: Path) -> Names:
    """Return the names in an addon's files, but for tests, texts and migrations."""
    names = Names({folder.name})
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] in ("i18n", "migrations", "readme") or "tests" in parts[:2]:
            continue
        place = str(path.relative_to(folder.parent))
        if path.suffix == ".py":
            _read_python(path, place, names)
        elif path.suffix == ".xml":
            _read_xml(path.read_text(), place, names, folder.name)
        elif path.suffix == ".js":
            _read_javascript(path.read_text(), place, names)
        elif path.suffix == ".csv":
            _read_csv(path.read_text(), place, names)
    return names


def _read_python(path: Path, place: str, names: Names):
    tree = ast.parse(path.read_text())
    prose = _prose(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            _define_members(node, names)
        if isinstance(node, ast.Attribute):
            names.named[node.attr].append(f"{place}:{node.lineno}")
        elif isinstance(node, ast.keyword) and node.arg:
            names.named[node.arg].append(f"{place}:{node.value.lineno}")
        elif isinstance(node, ast.ImportFrom) and node.module:
            for part in node.module.split("."):
                names.named[part].append(f"{place}:{node.lineno}")
        elif isinstance(node, ast.Dict):
            names.keys.update(
                key.value for key in node.keys if isinstance(key, ast.Constant)
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in prose
            and _is_code(node.value)
        ):
            names.name(node.value, f"{place}:{node.lineno}")


def _prose(tree) -> set:
    """Return the strings that are for people: docstrings, and texts to translate."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(node.value)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("_", "_lt", "LazyTranslate"):
                found.update(node.args)
        elif isinstance(node, ast.keyword) and node.arg in SEEN_BY_PEOPLE:
            found.add(node.value)
    return found


def _is_code(text: str) -> bool:
    if "SELECT" in text or "UPDATE" in text or " FROM " in text or "INSERT" in text:
        return True  # SQL
    return bool(CODE.fullmatch(text)) and not SENTENCE.search(text)


def _define_members(node: ast.ClassDef, names: Names):
    """Note the models, fields, methods and attributes of a class."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            names.defined.add(item.name)
            for decorator in item.decorator_list:
                for constant in ast.walk(decorator):
                    if isinstance(constant, ast.Constant):
                        names.defined.update(WORD.findall(str(constant.value)))
        targets = item.targets if isinstance(item, ast.Assign) else []
        for target in targets:
            if not isinstance(target, ast.Name):
                continue
            names.defined.add(target.id)
            if target.id == "_name" and isinstance(item.value, ast.Constant):
                table = item.value.value.replace(".", "_")
                names.defined.update({table, f"model_{table}"})
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            names.defined.add(item.target.id)


XML_ID = re.compile(
    r"<(?:record|template|menuitem|act_window|delete|report)\b[^>]*?\bid=\"([\w.]+)\"",
    re.DOTALL,
)
XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"([\w:-]+)=(\"[^\"]*\"|'[^']*')")
MODEL_NAME = re.compile(r"<field name=\"(?:model|res_model)\"[^>]*>([\w.]+)<")
CODE_FIELD = re.compile(
    r"<field name=\"(?:code|domain|context|domain_force|key)\"[^>]*>([^<]+)<"
)


def _read_xml(text: str, place: str, names: Names, module: str):
    text = XML_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for found in XML_ID.finditer(text):
        owner, dot, name = found[1].rpartition(".")
        # With the name of another addon it changes a record of that one.
        if not dot or owner == module:
            names.defined.add(name)
    for pattern in (ATTRIBUTE, MODEL_NAME, CODE_FIELD):
        for found in pattern.finditer(text):
            value = found[found.lastindex]
            if pattern is ATTRIBUTE and found[1] in SEEN_BY_PEOPLE:
                continue
            line = text.count("\n", 0, found.start()) + 1
            names.name(value, f"{place}:{line}")


COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def _read_javascript(text: str, place: str, names: Names):
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    names.defined.update(re.findall(r"(?:class|function|const)\s+(\w+)", text))
    names.defined.update(re.findall(r"\.add\(\s*\"(\w+)\"", text))
    for number, line in enumerate(text.splitlines(), 1):
        if "_t(" not in line:
            names.name(line, f"{place}:{number}")


def _read_csv(text: str, place: str, names: Names):
    for number, line in enumerate(text.splitlines()[1:], 2):
        names.defined.add(line.split(",")[0])
        names.name(line, f"{place}:{number}")


def find(addons: dict[str, Names], allowed: dict[str, set], native: set) -> list[str]:
    """Return the arrows that go where they may not, a line each.

    :param addons: the names of each addon
    :param allowed: the addons that each may name, with itself
    :param native: names of Odoo, which are nobody's
    """
    definers = defaultdict(set)
    for name, names in addons.items():
        for defined in names.defined:
            definers[defined].add(name)
    found = []
    for name, names in addons.items():
        for word, places in names.named.items():
            owners = definers.get(word, set())
            if len(word) < SHORTEST or word in native:
                continue
            if not owners or owners & allowed[name]:
                continue
            if any(word in addons[lower].keys for lower in allowed[name]):
                continue
            places = sorted(set(places))
            more = f" and {len(places) - 3} more" if len(places) > 3 else ""
            found.append(
                f"{name} names {word} of {', '.join(sorted(owners))}:"
                f" {', '.join(places[:3])}{more}"
            )
    return sorted(found)
