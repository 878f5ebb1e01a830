"""Tell what addons add, in Markdown, from the code as Odoo has loaded it.

What is told of an addon is what is its own: models and fields, rights, methods that
programs may call, seams, settings, parameters, scheduled actions and routes.
"""

import ast
import inspect
import re
from pathlib import Path

from reference_text import arguments, cell, docstring, items, literal, said_of, table

from odoo import http

ADDONS = Path(__file__).parents[2]
# Where seams are named that no addon of ours extends
SEAM_PAGES = ("extending.md", "architecture.md")
PARAMETER = re.compile(r"(?i)param\w*[\s=(:]+\"(lead_management\.[a-z_]+[a-z])\"")
OPERATIONS = ("read", "write", "create", "unlink")
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


def page(env, name: str) -> str:
    """Return the page of an addon."""
    manifest = ast.literal_eval((ADDONS / name / "__manifest__.py").read_text())
    depends = ", ".join(f"`{depends}`" for depends in manifest["depends"])
    sections = {
        "Models and fields": _models(env, name),
        "Rights": _rights(env, name),
        "Rules": _rules(env, name),
        "Methods for programs": _methods(env, name),
        "Seams": _seams(env, name),
        "Settings": _settings(env, name),
        "Parameters without a setting": _parameters(env, name),
        "Scheduled actions": _crons(env, name),
        "Routes": _routes(env, name),
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
        own = [it for it in env.registry[model]._base_classes__ if _addon(it) == name]
        if own:
            found[model] = own
    return found


def _addon(thing) -> str:
    parts = thing.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else ""


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


def _records(env, model: str, name: str):
    """Return the records of a model that an addon has brought, by their names."""
    ids = env["ir.model.data"].search([("model", "=", model), ("module", "=", name)])
    archived = env[model].with_context(active_test=False)
    return archived.browse(sorted(ids.mapped("res_id"))).exists()


def _rights(env, name: str) -> str:
    access = _records(env, "ir.model.access", name).filtered("active")
    groups = sorted(access.group_id, key=lambda group: group.full_name)
    rows = []
    for model in sorted(set(access.mapped("model_id.model"))):
        of_model = access.filtered(
            lambda line, model=model: line.model_id.model == model
        )
        cells = []
        for group in groups:
            lines = of_model.filtered(lambda line, group=group: line.group_id == group)
            may = [it for it in OPERATIONS if any(lines.mapped(f"perm_{it}"))]
            cells.append(
                "all" if len(may) == len(OPERATIONS) else ", ".join(may) or "–"
            )
        rows.append((f"`{model}`", *cells))
    if not rows:
        return ""
    said = "What each group may do with the records that the rules let it see:"
    return f"{said}\n\n" + table(
        ("Model", *(cell(it.full_name) for it in groups)), rows
    )


def _rules(env, name: str) -> str:
    rows = []
    for rule in _records(env, "ir.rule", name).filtered("active"):
        groups = ", ".join(sorted(cell(it.full_name) for it in rule.groups))
        to = [it for it in OPERATIONS if rule[f"perm_{it}"]]
        rows.append(
            (
                f"`{rule.model_id.model}`",
                groups or "everybody",
                "all" if len(to) == len(OPERATIONS) else ", ".join(to),
                literal(rule.domain_force or "[]"),
                cell(rule.name),
            )
        )
    return table(("Model", "For", "To", "Records", "Rule"), sorted(rows))


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
            if _addon(_origin(mro, key)) == name:
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
    known, outside = _named_seams(), _defined_outside(env)
    rows = []
    for model, classes in _classes(env, name).items():
        for key, method in _functions(classes):
            origin = _origin(env.registry[model].__mro__, key)
            if origin not in classes or not key.startswith("_"):
                continue
            by = _extenders(env, origin, key) - {name}
            by |= {other for other, keys in outside.items() if key in keys} - {name}
            if by or key in known:
                others = ", ".join(f"`{it}`" for it in sorted(by)) or "–"
                said = docstring(vars(origin)[key]) or docstring(method)
                rows.append((f"`{model}.{key}({arguments(method)})`", said, others))
    return table(("Method", "What it is for", "Extended by"), sorted(rows))


def _extenders(env, origin, key) -> set[str]:
    """Return our addons that have a method of any model that inherits it."""
    return {
        _addon(it)
        for model in env.registry.values()
        if origin in model.__mro__
        for it in model.__mro__
        if key in vars(it) and _addon(it).startswith("lead_management")
    }


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


def _settings(env, name: str) -> str:
    shown = env["res.config.settings"].get_view()["arch"]
    kept = {field.name: key for key, field in _kept(env).items()}
    rows = []
    for key, field in sorted(env["res.config.settings"]._fields.items()):
        if field._modules[:1] != (name,) or f'name="{key}"' not in shown:
            continue
        where = f"parameter `{kept[key]}`" if key in kept else ""
        if field.related:
            where = f"`{field.related}`"
        if group := getattr(field, "implied_group", None):
            where = f"group `{group}`"
        said = cell(field.help or "")
        if where or said:  # else it is shown beside a setting
            rows.append((f"**{cell(field.string)}**", f"`{key}`", where, said))
    return table(("Setting", "Field", "Kept in", "Help"), rows)


def _kept(env) -> dict:
    """Return the settings' fields by the system parameters that keep them."""
    settings = env["res.config.settings"]
    numbers = {
        f"lead_management.{key.removeprefix('lead_')}": settings._fields[key]
        for key in settings._get_number_settings()
    }
    return numbers | {
        field.config_parameter: field
        for field in settings._fields.values()
        if getattr(field, "config_parameter", None)
    }


def _parameters(env, name: str) -> str:
    """Return the system parameters that an addon's code names and no setting shows."""
    names = {
        key
        for path in (ADDONS / name).rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
        for key in PARAMETER.findall(path.read_text())
    }
    return items(f"`{key}`" for key in sorted(names - set(_kept(env))))


def _crons(env, name: str) -> str:
    rows = [
        (
            cell(cron.cron_name),
            f"every {cron.interval_number} {cron.interval_type}",
            f"`{cron.model_id.model}`: {literal(cron.code.strip())}",
        )
        for cron in _records(env, "ir.cron", name)
    ]
    return table(("Action", "When", "What"), sorted(rows))


def _routes(env, name: str) -> str:
    rows = []
    loaded = env.registry._init_modules
    # The rules of Odoo's router, as it makes them
    for url, endpoint in http._generate_routing_rules(sorted(loaded), nodb_only=False):
        method = endpoint.func
        function = getattr(method, "__func__", method)
        if _addon(function) != name:
            continue
        routing = endpoint.routing
        rows.append(
            (
                f"`{url}`",
                ", ".join(routing.get("methods") or ["any"]),
                f"{routing.get('type')}, {routing.get('auth')}",
                docstring(function),
            )
        )
    return table(("Route", "Methods", "Type, for whom", "What for"), sorted(rows))
