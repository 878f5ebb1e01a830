"""What the reference tells of records, settings and routes of an addon."""

import re
from pathlib import Path

from reference_text import cell, docstring, items, literal, table

from odoo import http

ADDONS = Path(__file__).parents[3]
PARAMETER = re.compile(r"(?i)param\w*[\s=(:]+\"(lead_management\.[a-z_]+[a-z])\"")
OPERATIONS = ("read", "write", "create", "unlink")


def addon_of(thing) -> str:
    """Return the addon in which a class or a function is."""
    parts = thing.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else ""


def _records(env, model: str, name: str):
    """Return the records of a model that an addon has brought, by their names."""
    ids = env["ir.model.data"].search([("model", "=", model), ("module", "=", name)])
    archived = env[model].with_context(active_test=False)
    return archived.browse(sorted(ids.mapped("res_id"))).exists()


def rights(env, name: str) -> str:
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


def rules(env, name: str) -> str:
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


def settings(env, name: str) -> str:
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


def parameters(env, name: str) -> str:
    """Return the system parameters that an addon's code names and no setting shows."""
    names = {
        key
        for path in (ADDONS / name).rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
        for key in PARAMETER.findall(path.read_text())
    }
    return items(f"`{key}`" for key in sorted(names - set(_kept(env))))


def crons(env, name: str) -> str:
    rows = [
        (
            cell(cron.cron_name),
            f"every {cron.interval_number} {cron.interval_type}",
            f"`{cron.model_id.model}`: {literal(cron.code.strip())}",
        )
        for cron in _records(env, "ir.cron", name)
    ]
    return table(("Action", "When", "What"), sorted(rows))


def routes(env, name: str) -> str:
    rows = []
    loaded = env.registry._init_modules
    # The rules of Odoo's router, as it makes them
    for url, endpoint in http._generate_routing_rules(sorted(loaded), nodb_only=False):
        method = endpoint.func
        function = getattr(method, "__func__", method)
        if addon_of(function) != name:
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
