"""Which tests a tool has: those that import it; where none does, as with tables of
words, those of the tools that use it."""

import ast
import re
from pathlib import Path


def find_tests(repo: Path, addons) -> dict[Path, list[str]]:
    """Return the modules of tests by the tool that they are of."""
    tools = sorted(path for name in addons for path in repo.glob(f"{name}/tools/*.py"))
    users: dict[Path, set[Path]] = {}
    for tool in tools:
        for used in _find_imported(repo, tool, level=1):
            users.setdefault(used, set()).add(tool)
    tests: dict[Path, list[str]] = {}
    for addon in addons:
        for path in sorted((repo / addon / "tests").glob("test_*.py")):
            for tool in _find_imported(repo, path, level=2):
                module = f"odoo.addons.{addon}.tests.{path.stem}"
                tests.setdefault(tool, []).append(module)
    found = {}
    for tool in tools:
        reached, new = set(), {tool}
        while new and not any(tests.get(one) for one in new):
            reached |= new
            new = set().union(*(users.get(one, ()) for one in new)) - reached
        modules = [module for one in sorted(new) for module in tests.get(one, ())]
        found[tool] = list(dict.fromkeys(modules))
    return found


def _find_imported(repo: Path, path: Path, level: int) -> list[Path]:
    """Return the tools that a module imports.

    :param level: of its relative imports of tools of its own addon
    """
    own = path.relative_to(repo).parts[0]
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom):
            continue
        name = node.module or ""
        if match := re.fullmatch(r"odoo\.addons\.(\w+)\.tools(?:\.(\w+))?", name):
            addon, module = match[1], match[2]
        elif level == 1 and node.level == 1:
            addon, module = own, name
        elif level == 2 and node.level == 2 and re.match(r"tools(\.|$)", name):
            addon, module = own, name.partition(".")[2]
        else:
            continue
        for one in [module] if module else [alias.name for alias in node.names]:
            tool = repo / addon / "tools" / f"{one}.py"
            if tool.exists():
                found[tool] = None
    return list(found)
