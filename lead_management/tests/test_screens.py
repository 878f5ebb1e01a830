import ast
import inspect
import re

from lxml import etree

from odoo.service.model import get_public_method
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval, time

from odoo.addons.base.models.ir_actions import IrActionsActions

UNREPLACED = re.compile(r"%\([\w.]+\)[ds]")
# Lists that are made into cards by their style sheet
OWN_LAYOUT = ("value_ids",)
# Pages of work that nobody does on a phone
LISTS_FOR_DESKTOPS = {
    *("crm_lead_action_mass_update", "crm_lead_feed_item_action"),
    *("crm_lead_report_schedule_action", "crm_lead_assignee_action"),
}
X2MANY_VIEWS = ("list", "kanban", "form", "graph", "pivot", "calendar")
EXPRESSIONS = ("invisible", "readonly", "required", "column_invisible")
# What the web client knows besides the record's fields
CLIENT_NAMES = {
    *("uid", "context", "active_id", "active_ids", "active_model", "parent", "id"),
    *("allowed_company_ids", "current_company_id", "companies", "today", "now"),
    *("context_today", "current_date", "datetime", "relativedelta", "time"),
    *("True", "False", "None", "true", "false", "self", "set", "bool", "len"),
}


class Button:
    """A button of a view, with the model of the records that it is for."""

    def __init__(self, view, model, node):
        self.view, self.model, self.node = view, model, node

    def __str__(self):
        return f"{self.view.xml_id}: {etree.tostring(self.node)[:200]}"


@tagged("post_install", "-at_install", "lead_house")
class TestScreens(TransactionCase):
    """Every screen of these addons works, down to the last button.

    The client calls a method of a button with the ids of the selected records, on
    lists also with none: a method of the model (`@api.model`) takes no ids and fails.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.modules = (
            cls.env["ir.module.module"]
            .search(
                [("name", "=like", "lead_management%"), ("state", "=", "installed")]
            )
            .mapped("name")
        )

    def _get_ours(self, model_name):
        data = self.env["ir.model.data"].search(
            [("module", "in", self.modules), ("model", "=", model_name)]
        )
        records = self.env[model_name].with_context(active_test=False)
        return records.browse(data.mapped("res_id")).exists()

    def _get_screens(self):
        """Return the views that are or contain ours, with their whole arch."""
        views = self._get_ours("ir.ui.view").filtered(lambda view: view.model)
        shown = self.env["ir.ui.view"]
        for view in views.filtered("active"):
            while view.mode != "primary" and view.inherit_id:
                view = view.inherit_id
            shown |= view
        for view in shown:
            arch = self.env[view.model].get_view(view.id, view.type)["arch"]
            yield view, etree.fromstring(arch)

    def _walk(self, model, node):
        """Return the nodes below one, each with the model of its records."""
        for child in node.iterchildren(tag=etree.Element):
            yield model, child
            inner = model
            if child.tag == "field":
                field = model._fields.get(child.get("name"))
                if field is not None and field.relational:
                    inner = self.env[field.comodel_name]
            yield from self._walk(inner, child)

    def _get_buttons(self, kind):
        for view, arch in self._get_screens():
            for model, node in self._walk(self.env[view.model], arch):
                is_named = node.tag in ("button", "a") and not node.get("special")
                if is_named and node.get("type") == kind:
                    yield Button(view, model, node)

    def _evaluate(self, text):
        return safe_eval(
            text or "{}",
            {
                "uid": self.env.uid,
                "active_id": 1,
                "active_ids": [1],
                "active_model": "crm.lead",
                "allowed_company_ids": self.env.companies.ids,
                "context": {},
                "time": time,
            },
        )

    def test_no_placeholder_is_left(self):
        """A button had the name of an activity type in its context, unreplaced."""
        for view in self._get_ours("ir.ui.view"):
            self.assertNotRegex(view.arch_db, UNREPLACED, view.xml_id)
        for model_name in self._get_action_models():
            for action in self._get_ours(model_name):
                for name, field in action._fields.items():
                    if field.store and field.type in ("char", "text", "html"):
                        self.assertNotRegex(
                            str(action[name] or ""), UNREPLACED, (action, name)
                        )

    def _get_action_models(self):
        return [
            name
            for name, model in self.registry.items()
            if issubclass(model, IrActionsActions) and not model._abstract
        ]

    def test_actions_open(self):
        """Contexts and domains can be read, and name what there is."""
        for action in self._get_ours("ir.actions.act_window"):
            with self.subTest(action=action.xml_id):
                model = self.env[action.res_model]
                context = self._evaluate(action.context)
                model.with_context(**context).search(
                    self._evaluate(action.domain or "[]"), limit=1
                )
                filters = set()
                if any(key.startswith("search_default_") for key in context):
                    search = model.get_view(action.search_view_id.id, "search")
                    arch = etree.fromstring(search["arch"])
                    filters = {node.get("name") for node in arch.iter()}
                for key in context:
                    if key.startswith("search_default_"):
                        self.assertIn(key.removeprefix("search_default_"), filters)
                    elif key.startswith("default_"):
                        self.assertIn(key.removeprefix("default_"), model._fields)
                for view_id, kind in action.views:
                    model.get_view(view_id, kind)

    def test_menus_lead_to_actions(self):
        for menu in self._get_ours("ir.ui.menu"):
            self.assertTrue(menu.action or menu.child_id, menu.complete_name)
            if menu.action:
                self.assertTrue(menu.action.exists(), menu.complete_name)

    def test_buttons_call_what_takes_their_ids(self):
        """“Apply to all leads” of the star rules was a method of the model."""
        buttons = list(self._get_buttons("object"))
        self.assertGreater(len(buttons), 50)
        for button in buttons:
            with self.subTest(button=str(button)):
                method = get_public_method(button.model, button.node.get("name"))
                self.assertFalse(
                    getattr(method, "_api_model", False),
                    "The client passes ids, which a method of the model doesn't take",
                )
                args = ast.literal_eval(button.node.get("args") or "[]")
                inspect.signature(method).bind(button.model, *args)

    def test_buttons_open_actions(self):
        for button in self._get_buttons("action"):
            with self.subTest(button=str(button)):
                name = button.node.get("name")
                action = (
                    self.env["ir.actions.actions"].browse(int(name)).exists()
                    if name.isdigit()
                    else self.env.ref(name, raise_if_not_found=False)
                )
                self.assertTrue(action)

    def test_expressions_name_what_there_is(self):
        for view, arch in self._get_screens():
            for model, node in self._walk(self.env[view.model], arch):
                for name, value in node.attrib.items():
                    if (
                        name in EXPRESSIONS
                        or name.startswith("decoration-")
                        or name in ("context", "options", "domain")
                    ):
                        with self.subTest(view=view.xml_id, expression=value):
                            self._check_names(model, value)

    def _check_names(self, model, expression):
        tree = ast.parse(expression.strip(), mode="eval")
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        self.assertLessEqual(named, CLIENT_NAMES | set(model._fields))

    def test_wide_lists_on_forms_have_cards_for_phones(self):
        """The fields of a web form were cut off, as was what is merged."""
        narrow = []
        for view, arch in self._get_screens():
            own = f"{view.model} {view.name}"
            for node in arch.iter("list") if view.type == "form" else ():
                columns = [
                    column
                    for column in node.iterchildren("field")
                    if column.get("column_invisible") not in ("1", "True")
                    and column.get("optional") != "hide"
                    and column.get("widget") != "handle"
                ]
                field = node.getparent()
                known = self.env[view.model]._fields.get(field.get("name"))
                is_others = known and not known._module.startswith(
                    ("crm", "lead_management")
                )
                if is_others or field.get("name") in OWN_LAYOUT:
                    continue
                if len(columns) > 3 and field.find("kanban") is None:
                    narrow.append((own, field.get("name")))
        self.assertEqual(sorted(narrow), [])

    def test_cards_let_one_take_out_what_rows_do(self):
        """A lead could not be kept out of a merge on a phone."""
        for view, arch in self._get_screens():
            for model, node in self._walk(self.env[view.model], arch):
                field = model._fields.get(node.get("name"))
                rows, cards = node.find("list"), node.find("kanban")
                if (
                    node.tag == "field"
                    and field is not None
                    and not field.readonly
                    and node.get("readonly") not in ("1", "True")
                    and rows is not None
                    and cards is not None
                ):
                    with self.subTest(view=view.xml_id, field=field.name):
                        refused = ("0", "false", "False")
                        self.assertEqual(
                            rows.get("delete") in refused,
                            cards.get("delete") in refused,
                        )

    def test_wide_lists_of_daily_work_have_cards_for_phones(self):
        """The history of a queue and the members of a campaign were cut off."""
        root = self.env.ref("lead_management.lead_management_menu_config")
        settings = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        narrow = set()
        for action in self._get_ours("ir.actions.act_window"):
            views = {mode: view_id for view_id, mode in action.views}
            model = self.env[action.res_model]
            if (
                "list" not in views
                or "kanban" in views
                or not model._auto
                or action in settings.mapped("action")
            ):
                continue
            arch = model.get_view(views["list"], "list")["arch"]
            columns = [
                column
                for column in etree.fromstring(arch).iterchildren("field")
                if column.get("column_invisible") not in ("1", "True")
                and column.get("optional") != "hide"
            ]
            if len(columns) > 3:
                narrow.add(action.xml_id.partition(".")[2])
        self.assertLessEqual(narrow, LISTS_FOR_DESKTOPS)

    def test_columns_have_widths_that_lists_understand(self):
        """The client reads pixels: of 30% it made a column of 30 pixels."""
        for view in self._get_ours("ir.ui.view"):
            for node in etree.fromstring(view.arch_db).iter("field", "button"):
                if width := node.get("width"):
                    self.assertRegex(width, r"^\d+px$", (view.xml_id, node.get("name")))

    def test_star_rules_are_applied_with_and_without_selection(self):
        rules = self.env["crm.lead.star.rule"]
        rule = rules.create({"name": "All", "domain": "[]", "stars": "3"})
        lead = self.env["crm.lead"].create({"name": "Fair", "type": "lead"})
        for selected in (rules, rule):
            action = selected.action_apply_to_all()
            self.assertEqual(action["tag"], "display_notification")
        rule.sequence = -1
        lead.invalidate_recordset()
        rule.action_apply_to_all()
        self.assertEqual(lead.stars, "3")
