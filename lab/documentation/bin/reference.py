"""Tell what addons add, in Markdown, from the code as Odoo has loaded it.

What is told of an addon is what is its own: models and fields, rights, methods that
programs may call, seams, settings, parameters, scheduled actions and routes.
"""

import ast
import collections
import inspect
import re
from pathlib import Path

import reference_records
from reference_records import addon_of
from reference_text import arguments, cell, docstring, items, said_of, table

ADDONS = Path(__file__).parents[3]
# Where seams are named that no addon of ours extends
SEAM_PAGES = ("extending.md", "architecture.md")
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


def page(env, name: str) -> str:
    """Return the page of an addon."""
    manifest = ast.literal_eval((ADDONS / name / "__manifest__.py").read_text())
    depends = ", ".join(f"`{depends}`" for depends in manifest["depends"])
    sections = {
        "Models and fields": _models(env, name),
        "Rights": reference_records.rights(env, name),
        "Rules": reference_records.rules(env, name),
        "Methods for programs": _methods(env, name),
        "Seams": _seams(env, name),
        "Settings": reference_records.settings(env, name),
        "Parameters without a setting": reference_records.parameters(env, name),
        "Scheduled actions": reference_records.crons(env, name),
        "Routes": reference_records.routes(env, name),
    }
    parts = [
        f"# {manifest['name']}: reference",
        "<!-- Written by ./dev docs --reference from the code: change that. -->",
        f"{manifest['summary']}. The addon is `{name}`; it depends on {depends}.",
    ]
    for title, text in sections.items():
        parts += [f"## {title}", text] if text else []
    return "\n\n".join(parts) + "\n"


def _classes(env, name: str) -> dict:
    """Return the classes that an addon itself has of each model."""
    found = {}
    for model in sorted(env.registry):
        own = [it for it in env.registry[model]._base_classes__ if addon_of(it) == name]
        if own:
            found[model] = own
    return found


def _is_new(env, model: str, name: str) -> bool:
    return env.registry[model]._original_module == name


def _models(env, name: str) -> str:
    parts = []
    for model, classes in _classes(env, name).items():
        fields = [
            (key, field)
            for key, field in sorted(env[model]._fields.items())
            if field._modules[:1] == (name,) and key not in MAGIC
        ]
        if model == "res.config.settings" or not (fields or _is_new(env, model, name)):
            continue
        parts.append(f"### {model}")
        if _is_new(env, model, name):
            parts.append(_description(env, model, classes))
        rows = [_field_row(env, key, field) for key, field in fields]
        parts += [table(("Field", "Type", "Label and help"), rows)] if rows else []
    return "\n\n".join(parts)


def _description(env, model: str, classes) -> str:
    title = f"*{cell(env[model]._description)}*"
    said = [docstring(it) for it in classes if "_description" in vars(it)]
    return ". ".join([title, *filter(None, said)])


def _field_row(env, key, field) -> tuple:
    kind = field.type
    if field.comodel_name:
        kind += f" of `{field.comodel_name}`"
    if isinstance(getattr(field, "selection", None), list):
        kind += ": " + ", ".join(f"`{value}`" for value, _label in field.selection)
    marks = [
        mark
        for mark, is_so in (
            ("required", field.required),
            ("computed", field.compute and not field.related),
            ("related", field.related),
            ("not stored", not field.store),
            ("set by the system", getattr(field, "system", False)),
        )
        if is_so
    ]
    if field.groups:
        marks.append(
            "only for " + ", ".join(f"`{it}`" for it in field.groups.split(","))
        )
    said = f"**{cell(field.string)}**"
    if field.help:
        said += ". " + cell(field.help)
    return f"`{key}`", "; ".join([kind, *marks]), said


def _methods(env, name: str) -> str:
    """Return the methods that JSON-2 lets programs call and that begin here."""
    parts = []
    for model, classes in _classes(env, name).items():
        found, extended = {}, set()
        for key, method in _functions(classes):
            mro = env.registry[model].__mro__
            if key.startswith("_") or any(
                getattr(vars(it).get(key), "_api_private", False) for it in mro
            ):
                continue
            if addon_of(_origin(mro, key)) == name:
                found[key] = method
            else:
                extended.add(key)
        if not found or env[model]._abstract:
            continue
        parts.append(f"### Of {model}")
        parts.append(items(_told(key, method) for key, method in sorted(found.items())))
    if not parts:
        return ""
    said = (
        "A call is a `POST` to `/json/2/<model>/<method>`, see [Extending "
        "it](../extending.md#over-json-2). Methods marked *model* take no `ids`."
    )
    return "\n\n".join([said, *parts])


def _told(key, method) -> str:
    mark = " (*model*)" if getattr(method, "_api_model", False) else ""
    said = (
        f"`{key}({arguments(method)})`{mark}: {docstring(method) or 'no description'}"
    )
    return said + "".join(f"\n  * {it}" for it in _params(method))


def _params(method) -> list[str]:
    text = inspect.getdoc(method) or ""
    found = re.findall(
        r"(?ms)^:(param \w+|return|raise \w+): (.+?)(?=^:|\n\n|\Z)", text
    )
    texts = []
    for head, said in found:
        kind, _space, name = head.partition(" ")
        title = f"`{name}`" if kind == "param" else f"{kind}s {name}".strip()
        texts.append(f"{title}: {said_of(said)}")
    return texts


def _functions(classes):
    seen = set()
    for it in classes:
        for key, method in vars(it).items():
            if inspect.isfunction(method) and key not in seen and "__" not in key:
                seen.add(key)
                yield key, method


def _origin(mro, key):
    """Return the class that had a method first."""
    return [it for it in mro if key in vars(it)][-1]


def _seams(env, name: str) -> str:
    """Return the methods of an addon that others of ours extend, or that the pages on
    seams name."""
    known, outside, heirs = _named_seams(), _defined_outside(env), _heirs(env)
    rows = []
    for model, classes in _classes(env, name).items():
        for key, method in _functions(classes):
            origin = _origin(env.registry[model].__mro__, key)
            if origin not in classes or not key.startswith("_"):
                continue
            by = _extenders(heirs[origin], key) - {name}
            by |= {other for other, keys in outside.items() if key in keys} - {name}
            if by or key in known:
                others = ", ".join(f"`{it}`" for it in sorted(by)) or "–"
                said = docstring(vars(origin)[key]) or docstring(method)
                rows.append((f"`{model}.{key}({arguments(method)})`", said, others))
    return table(("Method", "What it is for", "Extended by"), sorted(rows))


def _extenders(heirs, key) -> set[str]:
    """Return our addons that have a method of any of some models."""
    return {
        addon_of(it)
        for model in heirs
        for it in model.__mro__
        if key in vars(it) and addon_of(it).startswith("lead_management")
    }


def _heirs(env) -> dict[type, list]:
    """Return the models that inherit each class, itself one of them or of a mixin."""
    found = collections.defaultdict(list)
    for model in env.registry.values():
        for it in model.__mro__:
            found[it].append(model)
    return found


def _named_seams() -> set[str]:
    texts = "".join((ADDONS / "docs" / it).read_text() for it in SEAM_PAGES)
    codes = re.findall(r"`([^`\n]+)`", texts)
    return {name for code in codes for name in re.findall(r"\b_[a-z_]+\b", code)}


def _defined_outside(env) -> dict[str, set[str]]:
    """Return the methods of those addons of ours that are not loaded, as they need more
    of Odoo's apps."""
    return {
        folder.name: {
            name
            for path in folder.rglob("*.py")
            if "tests" not in path.parts
            for name in re.findall(r"(?m)^    def (_\w+)\(self", path.read_text())
        }
        for folder in sorted(ADDONS.glob("lead_management*"))
        if folder.name not in env.registry._init_modules
    }
