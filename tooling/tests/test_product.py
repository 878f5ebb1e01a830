"""What the checks of a release find: in wheels, snapshots, histories, steps."""

import ast
import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lab import oca, picture_list, snapshots, upgrade, wheel
from tooling.errors import Problem
from tooling.outcome import Outcome


def fail():
    raise Problem("It rains.", "Take an umbrella.")


class TestSteps(unittest.TestCase):
    def test_what_follows_a_failure_has_failed_too(self):
        outcome, done = Outcome(), []
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            outcome.count([lambda: done.append(1), fail, lambda: done.append(3)])
        self.assertEqual((outcome.passed, outcome.failed), (1, 2))
        self.assertEqual(done, [1])
        self.assertIn("Take an umbrella.", shown.getvalue())


ROWS = [json.dumps({"id": number}) for number in range(6)]


class TestSnapshots(unittest.TestCase):
    OLD = {"column": {"a.x": "int", "a.y": "text"}, "row of a": {'{"id": 1}': ""}}
    NEW = {"column": {"a.x": "bigint", "a.z": "text"}, "row of a": {}}

    def test_differences(self):
        found = snapshots.differences(
            self.OLD, self.NEW, lambda kind: not kind.startswith("row")
        )
        self.assertEqual(
            found, ["+ column a.z", "- column a.y", "~ column a.x: int → bigint"]
        )

    def test_rows_differ_in_what_odoo_sees_of_them(self):
        def differences(old, new):
            rows = [{"row of a": {json.dumps(row): ""}} for row in (old, new)]
            return snapshots.differences(*rows, lambda kind: True)

        self.assertFalse(differences({"id": 1, "x": None}, {"x": False, "id": 1}))
        self.assertEqual(
            differences({"id": 1, "x": "a"}, {"id": 1, "x": "b"}),
            ['+ row of a {"id": 1, "x": "b"}', '- row of a {"id": 1, "x": "a"}'],
        )
        module = {"id": 2, "model": "ir.module.module"}
        self.assertEqual(differences(module, {"id": 1}), ['+ row of a {"id": 1}'])

    def test_lost_data_of_an_upgrade_are_refused(self):
        kept = {"row of crm_lead": {ROWS[1]: ""}, "row of ir_ui_view": {ROWS[2]: ""}}
        lost = {"row of crm_lead": {ROWS[1]: ""}, "row of ir_cron": {ROWS[3]: ""}}
        with contextlib.redirect_stdout(io.StringIO()):
            upgrade._compare_data(kept, {**kept, "row of ir_ui_view": {}})
            upgrade._compare_data(kept, {**kept, "row of res_partner": {ROWS[4]: ""}})
            for after in ({**lost, "row of crm_lead": {ROWS[5]: ""}}, kept):
                with self.assertRaisesRegex(Problem, "lost data"):
                    upgrade._compare_data(lost, after)

    def test_what_an_upgrade_adds_to_rows_is_not_lost(self):
        kind, old = "row of crm_lead", json.dumps({"id": 1, "name": "a"})
        more = {"id": 1, "name": "a", "new": "x"}
        with contextlib.redirect_stdout(io.StringIO()):
            upgrade._compare_data({kind: {old: ""}}, {kind: {json.dumps(more): ""}})
            more["name"] = "b"
            with self.assertRaisesRegex(Problem, "lost data"):
                upgrade._compare_data({kind: {old: ""}}, {kind: {json.dumps(more): ""}})

    def test_nothing_is_refused_when_nothing_differs(self):
        snapshots.refuse([], "Different", "Mend it.")
        with self.assertRaisesRegex(Problem, "and 1 more"):
            snapshots.refuse(["+ x"] * (snapshots.SHOWN + 1), "Different", "")

    def test_external_ids_of_others_are_not_ours(self):
        rows = [
            json.dumps({"module": module, "name": "x"})
            for module in ("lead_management", "crm")
        ]
        ids = snapshots.own_ids({"row of ir_model_data": dict.fromkeys(rows, "")})
        self.assertEqual(ids, {"lead_management.x"})


class TestWheel(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source, self.installed = Path(folder.name, "a"), Path(folder.name, "b")
        for place in (self.source, self.installed):
            (place / "i18n").mkdir(parents=True)
            (place / "__init__.py").touch()
        (self.source / "i18n" / "de.po").touch()

    def compare(self):
        with mock.patch("lab.wheel.REPO", self.source.parent):
            wheel._compare("a", self.installed)

    def test_missing_file_is_named(self):
        with self.assertRaisesRegex(Problem, "i18n/de.po"):
            self.compare()

    def test_what_no_wheel_needs_is_not_missed(self):
        (self.installed / "i18n" / "de.po").touch()
        (self.source / "pyproject.toml").touch()
        (self.source / "__pycache__").mkdir()
        (self.source / "__pycache__" / "x.pyc").touch()
        self.compare()


class TestUpgrade(unittest.TestCase):
    def test_a_house_is_what_installed_itself(self):
        asked = {
            "lead_management": [],
            "lead_management_above": ["lead_management_beside"],
            "lead_management_beside": True,
            "lead_management_by_hand": False,
            "lead_management_website": ["lead_management", "website"],
        }
        with tempfile.TemporaryDirectory() as folder:
            for name, auto_install in asked.items():
                values = {"depends": ["lead_management"], "auto_install": auto_install}
                Path(folder, name).mkdir()
                Path(folder, name, "__manifest__.py").write_text(repr(values))
            self.assertEqual(
                upgrade.get_house(Path(folder)),
                ["lead_management", "lead_management_beside", "lead_management_above"],
            )

    def test_clone_without_history_says_how_to_get_it(self):
        with self.assertRaises(Problem) as caught:
            upgrade._archive("19.0.0.0.0", "0" * 40)
        self.assertIn("git fetch", caught.exception.way_on)


class TestOCA(unittest.TestCase):
    def test_only_odoos_own_modules_are_stood_on(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, depends in {"one": ["crm", "two"], "two": ["contacts"]}.items():
                Path(folder, name).mkdir()
                Path(folder, name, "__manifest__.py").write_text(
                    repr({"depends": depends})
                )
            self.assertEqual(oca.dependencies(Path(folder)), {"crm", "contacts"})

    def test_versions_are_pinned_to_the_series(self):
        for line in oca.REQUIREMENTS.read_text().splitlines():
            if not line.startswith("#"):
                self.assertRegex(line, r"^odoo-addon-[a-z-]+==19\.0\.")


class TestParts(unittest.TestCase):
    """The parts of the main addon: docs/decisions/27-main-addon-stays-whole.md."""

    def test_whoever_finds_accounts_knows_nothing_of_conversions(self):
        main = wheel.REPO / "lead_management"
        found = [*main.glob("models/res_partner/*.py"), *main.glob("tools/*.py")]
        found.append(main / "models/crm_account_key.py")
        found += (main / "models/crm_lead").glob("*_account.py")
        of_conversion = main / "models/res_partner/conversion.py"
        self.assertIn(of_conversion, found)
        for path in found:
            for node in ast.walk(ast.parse(path.read_text())):
                names = [alias.name for alias in getattr(node, "names", ())]
                names += [getattr(node, name, "") for name in ("attr", "module")]
                if isinstance(node, ast.Constant):
                    names.append(str(node.value).partition("\n")[0])
                if path != of_conversion:
                    self.assertNotRegex(" ".join(map(str, names)), r"lead[._]conv")


class TestPictures(unittest.TestCase):
    def test_every_picture_is_shown_somewhere(self):
        texts = "".join(
            path.read_text()
            for path in (
                *wheel.REPO.glob("*.md"),
                *wheel.REPO.glob("docs/**/*.md"),
                *wheel.REPO.glob("lead_management/static/description/*.html"),
            )
        )
        for picture in picture_list.PICTURES:
            with self.subTest(picture.name):
                self.assertIn(Path(picture.file).name, texts)

    def test_names_are_unique(self):
        names = [picture.name for picture in picture_list.PICTURES]
        self.assertEqual(len(names), len(set(names)))
