"""What the web client asks a server for: views turned into read specifications.

The same rules as the client's own (`getFieldsSpec` and `extractFieldsFromArchInfo` of
its relational model), so that a benchmark reads what opening the page reads.
"""

import ast
import re
from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

from odoo.modules import get_module_path

X2MANY = ("one2many", "many2many")
SUBVIEWS = ("list", "kanban")
ACTIVITY_FIELDS = (
    *("activity_exception_decoration", "activity_exception_icon", "activity_state"),
    *("activity_summary", "activity_type_icon", "activity_type_id"),
)
# Fields that a widget reads besides its own: `fieldDependencies` in its JavaScript.
WIDGET_FIELDS = {
    "bant_progress": (
        *("bant_contact", "bant_need", "bant_budget", "bant_authority", "bant_timing"),
    ),
    "lead_conversion_account": (
        *("account_id", "contact_id", "commercial_partner_id"),
        *("is_new_account", "lead_company_id", "action"),
    ),
    "lead_conversion_contact": (
        *("account_id", "contact_id", "partner_id", "same_person_id", "action"),
        *("lead_partner_name", "lead_company_id"),
    ),
    "lead_conversion_merge": ("duplicate_count",),
    "lead_conversion_opportunity": (
        *("lead_id", "account_id", "contact_id", "opportunity_id", "result"),
        *("has_opportunities", "lead_company_id"),
    ),
    "lead_conversion_plan": (),
    "lead_conversion_value": ("comodel", "value_id", "field_name"),
    "lead_conversion_values": ("address_question", "shares_address"),
    "lead_response": ("response_state", "response_minutes"),
    "lead_score": (),
    "lead_score_parts": ("score_engagement",),
    "lead_status_path": ("status_duration",),
    "list_activity": ACTIVITY_FIELDS,
    "kanban_activity": ACTIVITY_FIELDS,
    "rotting_statusbar_duration": ("duration_tracking",),
    "statusbar_duration": ("duration_tracking",),
}
# Lists that leave out hidden columns, by their `js_class`: see `unseen_fields.js`
SHOWN_ONLY = ("lead_list",)
NAMES = re.compile(r"[A-Za-z_]\w*")
TEXTS = ("name", "string", "title", "help", "class", "widget", "placeholder")
REGISTRATION = re.compile(r'category\("fields"\)\s*\.add\("([^"]+)"')


class View:
    """A view as the web client has loaded it, for one user.

    :param view: its id, or None for the model's default one
    """

    def __init__(self, env, model: str, view_type: str, view: int | None = None):
        loaded = env[model].get_views([(view or False, view_type)])
        self.env = env
        self.model = model
        self.models = loaded["models"]
        self.arch = etree.fromstring(loaded["views"][view_type]["arch"])

    def specification(self) -> dict:
        """Return the specification with which the client reads the view's records."""
        if self.arch.get("js_class") not in SHOWN_ONLY:
            return self._of(self.arch, self.model)
        shown = deepcopy(self.arch)
        unseen = _unseen(shown, self.models[self.model]["fields"])
        for node in [*_field_nodes(shown)]:
            if node.get("name") in unseen:
                node.getparent().remove(node)
        return self._of(shown, self.model)

    def order(self) -> str:
        """Return the order that the client asks for."""
        return self.arch.get("default_order") or ""

    def button_context(self, method: str) -> dict:
        """Return the context with which the first button of a method calls it."""
        button = self.arch.find(f".//button[@name='{method}']")
        return ast.literal_eval(button.get("context") or "{}")

    def limit(self) -> int:
        """Return how many records a page has."""
        return int(self.arch.get("limit") or 80)

    def _of(self, arch, model: str) -> dict:
        fields = self.models[model]["fields"]
        nodes = {}
        for node in _field_nodes(arch):
            nodes.setdefault(node.get("name"), []).append(node)
            for name in _widget_fields(self.env, node.get("widget")):
                nodes.setdefault(name, []).append(etree.Element("field", name=name))
        specification = {
            name: self._of_field(name, places, model) for name, places in nodes.items()
        }
        for name in nodes:
            field = fields.get(name, {})
            if field.get("type") == "properties":
                record = specification.get(field.get("definition_record"))
                if record is not None:
                    record.setdefault("fields", {})["display_name"] = {}
        return specification

    def _of_field(self, name: str, places: list, model: str) -> dict:
        field_type = self.env[model]._fields[name].type
        hidden = _all_hidden(places)
        if field_type in ("many2one", "reference"):
            asked = {} if hidden else {"display_name": {}}
            return {"fields": asked, **({} if hidden else _context(self.env, places))}
        if field_type not in X2MANY or hidden:
            return {}
        related, limit = {}, None
        for node in places:
            subview = self._subview(node, name, model)
            related |= subview
            limit = limit or _subview_limit(node)
        result = {"fields": related, **_context(self.env, places)}
        return result | ({"limit": limit} if limit else {})

    def _subview(self, node, name: str, model: str) -> dict:
        """Return what an x2many shows of its records, in one of its places."""
        comodel = self.env[model]._fields[name].comodel_name
        if (widget := node.get("widget", "")).startswith("many2many_"):
            asked = {"display_name": {}}
            options = ast.literal_eval(node.get("options") or "{}")
            if color := options.get("color_field"):
                asked[color] = {}
            return asked
        for kind in node.get("mode", ",".join(SUBVIEWS)).split(","):
            if (inline := node.find(kind)) is not None:
                return self._of(inline, comodel)
        if widget in ("", *X2MANY) and node.getparent() is not None:
            return View(self.env, comodel, "list").specification()
        return {}  # a widget that draws from its own fields


def _field_nodes(arch):
    """Yield the field nodes of a view, not those of the views inside of it."""
    for node in arch:
        if node.tag == "field":
            yield node
        elif node.tag not in ("groupby", "searchpanel"):
            yield from _field_nodes(node)


def _unseen(arch, fields: dict) -> set:
    """Return the fields of a list that nobody sees, if the user has changed nothing."""
    places = [(node.get("name"), node.get("optional")) for node in _field_nodes(arch)]
    unseen = {name for name, optional in places if optional == "hide"}
    unseen -= {name for name, optional in places if optional != "hide"}
    asked = set()
    for node in arch.iter(etree.Element):
        if node.tag == "field":
            if node.get("name") in unseen:
                continue
            described = fields.get(node.get("name"), {})
            for key in ("domain", "context"):
                if isinstance(described.get(key), str):
                    asked.update(NAMES.findall(described[key]))
        for key, value in node.attrib.items():
            if key not in TEXTS:
                asked.update(NAMES.findall(value))
    return unseen - asked


def _all_hidden(places: list) -> bool:
    """Tell whether the client takes a field for never shown, and reads ids only."""

    def either(one, other):
        if "True" in (one, other):
            return "True"
        if not one or one == "False":
            return other
        return one if not other or other == "False" else f"({one}) or ({other})"

    def both(one, other):
        if not one or one == "False" or not other or other == "False":
            return "False"
        if "True" in (one, other):
            return other if one == "True" else one
        return f"({one}) and ({other})"

    first, *others = (
        either(node.get("invisible"), node.get("column_invisible")) for node in places
    )
    for modifier in others:
        first = both(first, modifier)
    return first in ("True", "1")


def _context(env, places: list) -> dict:
    """Return the part of a field's context that is known without the record."""
    known = {"uid": env.uid, "allowed_company_ids": env.companies.ids}
    context = {}
    text = places[0].get("context")
    if text and isinstance(tree := ast.parse(text.strip(), mode="eval").body, ast.Dict):
        for key, value in zip(tree.keys, tree.values, strict=True):
            if isinstance(value, ast.Constant):
                context[key.value] = value.value
            elif isinstance(value, ast.Name) and value.id in known:
                context[key.value] = known[value.id]
    return {"context": context} if context else {}


def _subview_limit(node) -> int | None:
    for kind in SUBVIEWS:
        if (inline := node.find(kind)) is not None:
            return int(inline.get("limit") or 40)
    return None


def _widget_fields(env, widget: str | None) -> tuple:
    """Return the fields that a widget reads besides its own.

    :raise LookupError: the widget reads some, and `WIDGET_FIELDS` doesn't know which
    """
    if not widget:
        return ()
    if widget in WIDGET_FIELDS:
        return WIDGET_FIELDS[widget]
    modules = env["ir.module.module"].sudo().search([("state", "=", "installed")])
    if widget in _dependent_widgets(tuple(sorted(modules.mapped("name")))):
        raise LookupError(
            f"The widget {widget} has fieldDependencies: add them to WIDGET_FIELDS."
        )
    return ()


@cache
def _dependent_widgets(modules: tuple) -> tuple:
    """Return the names of the widgets that have `fieldDependencies`."""
    names = []
    for module in modules:
        for path in Path(get_module_path(module)).glob("static/src/**/*.js"):
            text = path.read_text()
            # that of dates are the other ends of ranges, named in their options
            if "fieldDependencies:" in text and path.stem != "datetime_field":
                names += REGISTRATION.findall(text)
    return tuple(names)
