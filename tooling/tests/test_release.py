"""What stands beside the code: manifests, changelog, hooks, workflows, releases."""

import contextlib
import datetime
import io
import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

from lab import EXPERIMENTS, manifests, release, sbom, wheel
from tooling import addon
from tooling.errors import Problem
from tooling.settings import ADDON, REPO, TOOLING


class FolderCase(unittest.TestCase):
    """A test with an addon of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for module in (addon, release):
            patched = mock.patch.object(module, "REPO", self.folder)
            patched.start()
            self.addCleanup(patched.stop)
        patched = mock.patch("lab.wheel.names", return_value=[ADDON])
        patched.start()
        self.addCleanup(patched.stop)
        self.main = addon.read_manifest(REPO / ADDON)
        small = {key: self.main[key] for key in manifests.KEYS if key in self.main}
        for key in ("data", "demo", "assets"):
            small.pop(key)
        self.values = small
        self.write("readme/DESCRIPTION.md", "readme/CONTRIBUTORS.md", "pyproject.toml")
        self.write("static/description/icon.png", "static/description/banner.png")
        self.save()

    def write(self, *paths, text=""):
        for path in paths:
            target = self.folder / ADDON / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)

    def save(self, **values):
        lines = json.dumps({**self.values, **values}, indent=4)
        self.write("__manifest__.py", text=lines.replace(": true", ": True"))


class TestManifests(FolderCase):
    def problems(self, **values):
        self.save(**values)
        return manifests.problems(self.folder / ADDON, self.main)

    def test_ours_are_complete(self):
        with mock.patch.object(addon, "REPO", REPO):
            self.assertFalse(manifests.check())

    def test_what_is_missing_or_different_is_named(self):
        self.assertEqual(self.problems(), [])
        for key, value, words in (
            ("author", "Somebody", "has another 'author' than lead_management"),
            ("development_status", "Alpha", "has another 'development_status' than"),
            ("maintainer", "Me", "has 'maintainer', which no addon has"),
            ("icon", "/x/y.png", "lacks an icon"),
            ("images", ["no.png"], "lacks no.png"),
        ):
            with self.subTest(key):
                self.assertIn(words, "\n".join(self.problems(**{key: value})))
        self.values = dict(reversed(self.values.items()))
        self.assertIn("not in the order name, version", "\n".join(self.problems()))


class TestChecksOfARelease(FolderCase):
    def git(self, *arguments):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        command = ["git", *identity, "-c", "commit.gpgsign=false", *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def test_what_has_changed_has_a_new_version(self):
        self.save(version="19.0.1.0.9")
        self.git("init")
        self.git("add", ".")
        self.git("commit", "-m", "Begin")
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            self.assertFalse(release.versions())
        self.assertIn("No earlier release", shown.getvalue())
        self.git("tag", "19.0.1.0.9")
        self.write("models/a.py", text="A = 1\n")
        self.assertIn("models", "".join(release.changes()))
        self.git("add", ".")
        self.git("commit", "-m", "Change")
        self.assertFalse(release.changes())
        self.assertIn("called 19.0.1.0.9 still", "".join(release.versions()))
        self.save(version="19.0.1.0.10")
        self.assertFalse(release.versions())

    def test_changelog_begins_with_the_release(self):
        today = datetime.date.today()
        for line, words in (
            (f"## 19.0.1.0.0 – {today}", ""),
            (f"## 19.0.1.0.0 – {today + datetime.timedelta(2)}", "to the future"),
            ("## 19.0.1.0.0 – unreleased", "where the date of 19.0.1.0.0 belongs"),
            (f"## 19.0.0.9.0 – {today}", "does not begin with"),
            ("", "does not begin with"),
        ):
            with self.subTest(line):
                found = release.check_changelog(f"# C\n\n{line}\n", "19.0.1.0.0")
                self.assertIn(words, "".join(found))
                self.assertEqual(bool(found), bool(words))

    def test_migrations_are_for_versions_there_are(self):
        self.save(version="19.0.1.2.0")
        for version in ("19.0.1.2.0", "19.0.1.10.0", "next"):
            self.write(f"migrations/{version}/post-it.py")
        found = "\n".join(release.migrations())
        self.assertNotIn("19.0.1.2.0 is", found)
        self.assertIn("19.0.1.10.0 is for another version", found)
        self.assertIn("next is for another version", found)

    def test_translations_are_whole(self):
        self.write("i18n/de.po", text='msgid "Lead"\nmsgstr "Lead"\n')
        self.assertFalse(release.texts())
        self.write("i18n/fr.po", text='msgid "Lead"\nmsgstr ""\n\nmsgid "A"\n')
        self.assertIn("fr.po: 1 without translation", "".join(release.texts()))

    def test_pictures_are_there(self):
        self.write("static/description/index.html", text='<img class="a" src="b.png"/>')
        with mock.patch("lab.picture_list.PICTURES", ()):
            self.assertIn("b.png is not there", "".join(release.pictures()))
            self.write("static/description/b.png")
            self.assertFalse(release.pictures())

    def test_another_release_is_not_overwritten(self):
        self.write("x")
        with (
            mock.patch.object(release, "TARGET", self.folder),
            self.assertRaisesRegex(Problem, "holds another release"),
        ):
            release.pack()


class TestRepository(unittest.TestCase):
    def test_changelog_and_histories_know_this_version(self):
        found = "\n".join(release.changelog())
        self.assertNotIn("HISTORY.md", found)
        self.assertNotIn("does not begin with", found)

    def test_readme_says_how_pip_installs_them(self):
        wheel.commands((REPO / "README.md").read_text())
        with self.assertRaisesRegex(Problem, "doesn't say how"):
            wheel.commands("pip install ./lead_management*\n")

    def test_bill_of_materials_names_all_and_their_licences(self):
        bill = json.loads(sbom.document())
        refs = {component["bom-ref"] for component in bill["components"]}
        self.assertEqual(refs, {*wheel.names(), "odoo", "anyascii", "feedparser"})
        for entry in bill["dependencies"]:
            self.assertLessEqual(
                {entry["ref"], *entry["dependsOn"]}, {*refs, "release"}
            )
        with self.assertRaisesRegex(Problem, "licence of other"):
            sbom._used("other", ">=1")

    def test_hooks_use_the_checkers_of_lint(self):
        hooks = (REPO / ".pre-commit-config.yaml").read_text()
        pinned = (TOOLING / "lint-requirements.txt").read_text().splitlines()
        programs = json.loads((REPO / "package.json").read_text())["devDependencies"]
        pinned += [f"{name}@{version}" for name, version in programs.items()]
        for package in re.findall(r'additional_dependencies: \["([^"]+)"\]', hooks):
            self.assertIn(package, pinned)

    def test_tests_call_every_button_and_scheduled_action(self):
        """Window actions are all opened by TestScreens, whatever their names."""
        tests = "".join(
            path.read_text()
            for pattern in ("*/tests/**/*.py", "*/static/tests/**/*.js")
            for path in REPO.glob(pattern)
        )
        called = {}  # by what each may be called: a method, or what calls it
        for path in REPO.glob("lead_management*/*/*.xml"):
            for node in ElementTree.parse(path).getroot().iter():
                if node.tag in ("a", "button") and node.get("type") == "object":
                    called[node.get("name")] = (node.get("name"),)
                elif node.get("model") in ("ir.cron", "ir.actions.server"):
                    code = node.find("field[@name='code']")
                    text = "" if code is None else code.text
                    methods = re.findall(r"(?:model|records?)\.(\w+)\(", text)
                    called[node.get("id")] = (node.get("id"), *methods)
        self.assertGreater(len(called), 100)
        words = {*re.findall(r"\w+", tests)}
        self.assertEqual(
            [it for it, names in called.items() if not words & {*names}], []
        )

    def test_workflow_runs_every_stage(self):
        command = ["bash", REPO / ".ci" / "run", "none"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 2)
        stages = said.stdout.splitlines()[1:]
        workflow = (REPO / ".github" / "workflows" / "ci.yml").read_text()
        listed = re.search(r"^ +stage:\n((?: +- .+\n)+)", workflow, re.MULTILINE)[1]
        self.assertEqual([line.strip(" -") for line in listed.splitlines()], stages)

    def test_workflow_of_each_week_names_experiments(self):
        workflow = (REPO / ".github" / "workflows" / "weekly.yml").read_text()
        listed = re.search(r"experiment:\n((?: +- .+\n)+)", workflow)[1]
        names = {line.split()[1] for line in listed.splitlines()}
        self.assertLessEqual(names, EXPERIMENTS.keys())
        self.assertLessEqual({"audit", "coverage", "mutate"}, names)
