"""The small decisions: names, places, ports, locks."""

import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tooling import (
    addon,
    debian,
    i18n,
    lint,
    locks,
    nodeenv,
    odoo,
    ports,
    postgres,
    pythonenv,
    settings,
)
from tooling.errors import Problem


class CacheCase(unittest.TestCase):
    """A test with a cache folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name)
        environ = {"LEAD_MANAGEMENT_CACHE": folder.name}
        patched = mock.patch.dict(os.environ, environ)
        patched.start()
        self.addCleanup(patched.stop)


class TestSettings(CacheCase):
    def test_setting_moves_the_cache(self):
        self.assertEqual(settings.cache("a", "b"), self.cache / "a" / "b")
        self.assertTrue((self.cache / "a").is_dir())

    def test_every_user_has_a_cache(self):
        del os.environ["LEAD_MANAGEMENT_CACHE"]
        with mock.patch("os.geteuid", return_value=0):
            self.assertTrue(settings.cache_folder().is_absolute())
        with (
            mock.patch("os.geteuid", return_value=1000),
            mock.patch.dict(os.environ, {"XDG_CACHE_HOME": "/home/me/.c"}),
        ):
            self.assertEqual(
                settings.cache_folder(), Path("/home/me/.c/lead_management")
            )


class TestNodeEnvironment(CacheCase):
    def test_without_npm_nothing_is_installed_and_nothing_checked(self):
        with mock.patch("shutil.which", return_value=None):
            programs = nodeenv.programs()
        self.assertIsNone(programs)
        self.assertEqual(lint._script_checks(programs, fix=False), {})

    def test_another_list_is_another_folder(self):
        folders = set()
        for version in ("1.0.0", "1.0.1", "1.0.0"):
            packages = self.cache / "package.json"
            packages.write_text(f'{{"devDependencies": {{"x": "{version}"}}}}')
            with (
                mock.patch.object(nodeenv, "PACKAGES", packages),
                mock.patch("shutil.which", return_value="npm"),
                mock.patch.object(nodeenv, "_install") as install,
            ):
                install.side_effect = lambda npm, folder: folder.mkdir(parents=True)
                folders.add(nodeenv.programs())
        self.assertEqual(len(folders), 2)


class TestLock(CacheCase):
    def test_lock_can_be_taken_again_after_it_was_released(self):
        for _attempt in range(2):
            with locks.lock("x"):
                self.assertEqual(
                    (self.cache / "locks" / "x").read_text(), str(os.getpid())
                )


class TestTestNames(unittest.TestCase):
    def test_names_become_tags(self):
        for name, tag in {
            "TestClaim": "/lead_management:TestClaim",
            "TestClaim.test_second": "/lead_management:TestClaim.test_second",
            "test_second": "/lead_management.test_second",
            "/crm:TestLead": "/crm:TestLead",
            ":TestClaim": ":TestClaim",
            "-/lead_management:TestSlow": "-/lead_management:TestSlow",
        }.items():
            self.assertEqual(addon.test_tag(name), tag)

    def test_module_names_become_its_file(self):
        found = sorted((settings.REPO / settings.ADDON / "tests").glob("test_*.py"))
        if not found:
            self.skipTest("the addon has no tests yet")
        tag = f"/lead_management/tests/{found[0].name}"
        self.assertEqual(addon.test_tag(found[0].stem), tag)
        self.assertEqual(addon.test_tag(found[0].name), tag)
        self.assertEqual(addon.test_tag(f"lead_management/tests/{found[0].name}"), tag)


class TestCompanions(unittest.TestCase):
    """Addons of this repository that tie the main one to other apps."""

    NAME = "lead_management_mass_mailing"

    def test_is_found_with_what_it_stands_on(self):
        self.assertIn(self.NAME, settings.companions())
        needed = addon.dependencies(self.NAME)
        self.assertIn("mass_mailing_crm", needed)
        self.assertLessEqual(set(addon.dependencies()), set(needed))
        self.assertNotIn("lead_management", needed)

    def test_its_tests_are_found_by_their_module(self):
        tag = addon.test_tag("test_mailing_trace")
        self.assertEqual(tag, f"/{self.NAME}/tests/test_mailing_trace.py")
        self.assertEqual(addon.tested_addon(tag), self.NAME)
        self.assertEqual(
            addon.tested_addon("/lead_management:TestX"), "lead_management"
        )

    def test_house_is_what_installs_itself_with_the_main_addon(self):
        house = addon.house()
        self.assertEqual(house[0], "lead_management")
        self.assertLessEqual({"lead_management_map", "lead_management_news"}, {*house})
        self.assertNotIn(self.NAME, house)

    def test_house_is_found_the_lowest_first(self):
        depends = {
            "lead_management": ["crm"],
            "a_top": ["lead_management", "z_floor"],
            "b_glue": ["z_floor", "sale"],
            "z_floor": ["base_import", "lead_management"],
        }
        asks = {"a_top": ["z_floor"], "b_glue": True, "z_floor": ["lead_management"]}

        def manifest(name):
            return {"depends": depends[name], "auto_install": asks.get(name, False)}

        with (
            mock.patch.object(addon, "companions", return_value=sorted(asks)),
            mock.patch.object(addon, "manifest", manifest),
        ):
            self.assertEqual(addon.house(), ["lead_management", "z_floor", "a_top"])


class TestPorts(unittest.TestCase):
    def test_taken_port_is_seen_and_passed_over(self):
        with socket.socket() as other:
            other.bind((ports.HOST, 0))
            other.listen()
            taken = other.getsockname()[1]
            self.assertFalse(ports.is_free(taken))
            self.assertGreater(ports.next_free(taken), taken)


class TestServer(CacheCase):
    def test_pghost_names_the_server(self):
        environ = {"PGHOST": "db.test", "PGPORT": "6543", "PGUSER": "me"}
        with mock.patch.dict(os.environ, environ):
            server = postgres.server()
        self.assertEqual(
            (server.host, server.port, server.user), ("db.test", 6543, "me")
        )
        self.assertFalse(server.private)

    def test_odoo_would_refuse_the_user_postgres(self):
        environ = {"PGHOST": "db.test", "PGUSER": "postgres"}
        with mock.patch.dict(os.environ, environ), self.assertRaises(Problem):
            postgres.server()

    def test_whoever_was_killed_hurries_no_more(self):
        cluster = postgres.Cluster.__new__(postgres.Cluster)
        cluster.home = self.cache
        ended = subprocess.Popen(["true"])
        ended.wait()
        with mock.patch.object(cluster, "set_hurry") as set_hurry:
            cluster.end_abandoned_hurry()
            cluster.hurried.write_text(str(os.getpid()))
            cluster.end_abandoned_hurry()
            set_hurry.assert_not_called()
            cluster.hurried.write_text(str(ended.pid))
            cluster.end_abandoned_hurry()
            set_hurry.assert_called_once_with(None)


class TestInterpreter(CacheCase):
    def setUp(self):
        super().setUp()
        pythonenv.interpreter.cache_clear()
        self.addCleanup(pythonenv.interpreter.cache_clear)

    def make_system_python(self, version):
        """Let the system have a Python of a version."""
        program = self.cache / "python3"
        program.write_text(f"#!/bin/sh\necho '[{version}, \"/its/prefix\", false]'")
        program.chmod(0o755)
        patched = mock.patch("os.defpath", str(self.cache))
        patched.start()
        self.addCleanup(patched.stop)
        return str(program)

    def test_python_of_the_system_comes_first(self):
        program = self.make_system_python([3, 12])
        found = pythonenv.interpreter()
        self.assertEqual(found.program, program)
        self.assertEqual((found.version, found.has_pip), ((3, 12), False))

    def test_one_that_odoo_does_not_run_on_is_passed_over(self):
        for version in ([3, 9], [3, 14]):
            self.make_system_python(version)
            pythonenv.interpreter.cache_clear()
            self.assertEqual(pythonenv.interpreter().program, sys.executable)

    def test_one_that_does_not_start_is_passed_over(self):
        for text in ("#!/bin/sh\nexit 1", "#!/bin/sh\necho no", "no program"):
            Path(self.make_system_python([3, 12])).write_text(text)
            pythonenv.interpreter.cache_clear()
            self.assertEqual(pythonenv.interpreter().program, sys.executable)


class TestOdooPath(CacheCase):
    def make(self, series: str) -> Path:
        folder = self.cache / f"odoo-{series}" / "odoo"
        folder.mkdir(parents=True)
        version = f"version_info = ({series}, 0, 0, FINAL, 0, '')\n"
        (folder / "release.py").write_text(version)
        return folder.parent

    def find(self, path) -> Path:
        with mock.patch.dict(os.environ, {"ODOO_PATH": str(path)}):
            return odoo.own_path()

    def test_checkout(self):
        path = self.make("19")
        self.assertEqual(self.find(path), path)
        self.assertEqual(self.find(path / "odoo"), path)

    def test_other_version_is_refused(self):
        with self.assertRaises(Problem) as caught:
            self.find(self.make("18"))
        self.assertIn("18.0", caught.exception.what)

    def test_empty_folder_is_refused(self):
        with self.assertRaises(Problem):
            self.find(self.cache)


class TestDebianSources(CacheCase):
    TARGETS = (
        "http://mirror.test/debian/ bookworm main\n"
        "http://mirror.test/debian/ bookworm-updates main\n"
        "http://security.test/debian-security/ bookworm-security main\n"
        "http://other.test/linux/debian bookworm stable\n"
    )

    def sources(self, suite=None, system="debian", mirror="", targets=TARGETS):
        release = {"ID": system, "VERSION_CODENAME": "bookworm"}
        with (
            mock.patch("tooling.debian.release", return_value=release),
            mock.patch("tooling.processes.run", return_value=targets),
            mock.patch.dict(os.environ, {"LEAD_MANAGEMENT_MIRROR": mirror}),
        ):
            return debian.Apt(suite).sources()

    def test_odoo_comes_from_the_machines_mirror(self):
        self.assertEqual(self.sources("sid"), [("http://mirror.test/debian/", "sid")])

    def test_setting_overrides_the_mirror(self):
        found = self.sources("sid", mirror="http://mine.test/debian")
        self.assertEqual(found, [("http://mine.test/debian", "sid")])

    def test_other_packages_come_from_the_machines_own_suites(self):
        suites = [suite for _uri, suite in self.sources()]
        self.assertEqual(suites, ["bookworm", "bookworm-updates", "bookworm-security"])

    def test_other_systems_are_told_what_to_set(self):
        with self.assertRaises(Problem) as caught:
            self.sources("sid", system="fedora")
        self.assertIn("ODOO_PATH", caught.exception.way_on)

    def test_machine_without_debian_source(self):
        with self.assertRaises(Problem) as caught:
            self.sources("sid", targets="")
        self.assertIn("LEAD_MANAGEMENT_MIRROR", caught.exception.way_on)


class TestTexts(unittest.TestCase):
    def test_hour_of_export_is_no_change(self):
        text = '"POT-Creation-Date: 2026-01-31 10:00+0000\\n"\n"MIME-Version: 1.0\\n"\n'
        self.assertEqual(i18n.DATES.sub("", text), '"MIME-Version: 1.0\\n"\n')
