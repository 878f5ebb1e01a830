"""Databases that were lived in, and the tests that run there."""

import argparse
import contextlib
import unittest
from pathlib import Path
from unittest import mock

from lab import lived_in, surroundings
from tooling import addon, modules, settings, templates, testing
from tooling.errors import Problem
from tooling.odoo import Odoo
from tooling.tests.test_pieces import CacheCase


class FakeDatabases:
    """Databases that are only names."""

    server = None

    def __init__(self):
        self.made = []
        self.described = {}

    def describe(self, name, **facts):
        self.described[name] = facts

    def named(self, purpose):
        return {
            name: self.described.get(name, {})
            for name in self.made
            if f"_{purpose}_" in name
        }

    def exists(self, name):
        return name in self.made

    def create(self, name, template="template0"):
        self.made.append(name)

    def drop(self, name):
        if name in self.made:
            self.made.remove(name)

    def rename(self, old, new):
        self.made.remove(old)
        self.made.append(new)
        self.described[new] = self.described.pop(old)


class TestTemplates(CacheCase):
    """A template is made once for what is in it."""

    def setUp(self):
        super().setUp()
        (self.cache / "odoo").mkdir()
        (self.cache / "odoo" / "release.py").touch()
        self.databases = FakeDatabases()
        self.odoo = Odoo(self.cache, "19.0", Path("python"), self.databases)
        self.done = []
        for name in ("load", "run_script"):
            patched = mock.patch.object(
                modules, name, lambda *args, _name=name, **_options: self.note(_name)
            )
            patched.start()
            self.addCleanup(patched.stop)

    def note(self, name):
        self.done.append(name)
        if self.done == self.failing:
            raise Problem("It rains.", "Take an umbrella.")

    failing = None

    def test_script_is_part_of_what_is_in_it(self):
        plain = templates.of_odoo(self.odoo, ["crm"], demo=True)
        scripted = templates.of_odoo(
            self.odoo, ["crm"], demo=True, script=lived_in.LIVE_IN
        )
        self.assertNotEqual(plain, scripted)
        self.assertEqual(self.done, ["load", "run_script"])
        self.assertEqual(self.databases.made, [plain, scripted])

    def test_changed_script_makes_another_one(self):
        names = set()
        for text in ("print(1)", "print(2)"):
            script = self.cache / "x.py"
            script.write_text(text)
            for _time in range(2):
                names.add(
                    templates.of_odoo(self.odoo, ["crm"], demo=True, script=script)
                )
        self.assertEqual(len(names), 2)
        self.assertEqual(self.done, ["load", "run_script", "run_script"])

    def test_template_whose_script_fails_is_none(self):
        self.failing = ["load", "run_script"]
        for _time in range(2):
            with contextlib.suppress(Problem):
                name = lived_in.template(self.odoo)
        self.assertEqual(self.done, ["load", "run_script", "run_script"])
        self.assertEqual(self.databases.made[1:], [name])

    def test_lived_in_one_has_the_apps_and_none_of_our_addons(self):
        needed = lived_in.needed()
        self.assertLessEqual({*lived_in.APPS, *addon.dependencies()}, set(needed))
        self.assertFalse({settings.ADDON, *settings.companions()} & set(needed))

    def install(self, **options):
        with mock.patch.object(addon, "content_hash", lambda *_folders: self.content):
            return lived_in.with_addons(self.odoo, **options)

    content = "first"

    def test_addons_are_installed_once_for_what_their_files_are(self):
        with mock.patch.object(modules, "load") as load:
            first = self.install()
            self.assertEqual(self.install(), first)
            installed = [call.kwargs["install"] for call in load.call_args_list]
            self.assertEqual(installed[1:], [[settings.ADDON, *settings.companions()]])
            self.assertTrue(load.call_args.kwargs["demo"])
            self.content = "second"
            second = self.install()
        self.assertNotEqual(first, second)
        self.assertEqual([*self.databases.named("installed")], [first, second])

    def test_last_one_is_taken_as_it_is(self):
        options = {"source": "template", "names": [settings.ADDON]}
        last = None
        for self.content in ("first", "second"):
            with mock.patch.object(addon, "content_hash", lambda *_: self.content):
                last = templates.with_addons(self.odoo, **options)
        self.content = "third"
        self.assertEqual(templates.with_addons(self.odoo, **options, as_is=True), last)
        self.assertEqual(len(self.databases.named("installed")), 2)

    def test_old_ones_go(self):
        options = {"source": "template", "names": [settings.ADDON]}
        for number in range(templates.KEPT + 5):
            content = str(number)
            with mock.patch.object(addon, "content_hash", lambda *_, c=content: c):
                last = templates.with_addons(self.odoo, **options)
        kept = self.databases.named("installed")
        self.assertEqual(len(kept), templates.KEPT + 1)
        self.assertIn(last, kept)


class TestSuites(unittest.TestCase):
    """What `./dev test --lived-in` and `--no-english` run."""

    def run_with(self, *words):
        parser = argparse.ArgumentParser()
        surroundings.add_arguments(parser)
        suites = []

        def note(odoo, outcome, title, installed, tags, *_others, **options):
            suites.append((odoo, installed, tags, options))

        odoo = Odoo(Path("odoo"), "19.0", Path("python"), None)
        with (
            mock.patch.object(testing, "run_suite", note),
            mock.patch("tooling.odoo.find", return_value=odoo),
            mock.patch.object(surroundings.Outcome, "close"),
        ):
            surroundings.run(parser.parse_args(["--no-tours", *words]))
        return suites

    def test_all_addons_are_tested_in_one_database(self):
        [(odoo, installed, tags, options)] = self.run_with("--lived-in")
        self.assertEqual(installed, [lived_in.NEIGHBOUR])
        tested = [settings.ADDON, *settings.companions(), lived_in.NEIGHBOUR]
        self.assertEqual(
            tags,
            [
                *(f"/{name}" for name in tested),
                f"-{surroundings.LONG_TAG}",
                f"-{surroundings.COST_TAG}",
                f"-{surroundings.WORDS_TAG}",
                "-no_database",
            ],
        )
        self.assertEqual(odoo.more_addons, lived_in.NEIGHBOURS)
        self.assertIs(options["source"], lived_in.with_addons)

    def test_tests_are_chosen_by_name(self):
        names = ("TestMailingTrace", "test_neighbour_undo", "TestNeighbourOfCapture")
        [(_odoo, _installed, tags, _options)] = self.run_with("--lived-in", *names)
        self.assertEqual(
            tags[1:],
            [
                "/lead_neighbour/tests/test_neighbour_undo.py",
                "/lead_neighbour:TestNeighbourOfCapture",
            ],
        )
        self.assertRegex(tags[0], "^/lead_management_mass_mailing:")

    def test_both_kinds_of_databases_in_one_run(self):
        suites = self.run_with("--lived-in", "--no-english")
        self.assertEqual(len(suites), 2)
        _odoo, installed, tags, options = suites[1]
        self.assertEqual(installed, [settings.TOGETHER])
        self.assertEqual(tags, [surroundings.NO_ENGLISH_TAG])
        self.assertIs(options["source"], lived_in.template_without_english)


class TestNeighbour(unittest.TestCase):
    def test_stands_on_no_addon_of_ours(self):
        manifest = addon.read_manifest(lived_in.NEIGHBOURS / lived_in.NEIGHBOUR)
        self.assertEqual(manifest["depends"], ["crm"])

    def test_is_no_companion(self):
        self.assertNotIn(lived_in.NEIGHBOUR, settings.companions())
