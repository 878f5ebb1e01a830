"""./dev test: the addons' tests."""

import argparse
import time

from . import addon, chromium, modules, ports, progress, templates
from . import odoo as odoo_module
from .logcheck import LogReader
from .outcome import Outcome
from .settings import ADDON, TOGETHER, cache, companions

# Odoo's checks of names, indexes and signatures look at the whole registry, so they see
# the addon as soon as it is installed beside them.
ODOO_LINT = ("TestNaming", "TestIndex", "TestLintOverrideSignatures")
# Tests of every screen, field and method of the addons that are installed, whichever
# they are: with the main one alone, and with all
HOUSE_TAG = "lead_house"


def add_arguments(parser):
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="test_module, TestClass, TestClass.test_method, test_method or a tag of "
        "Odoo's such as /lead_management:TestClass (default: all tests of the addon)",
    )
    for name, text in {
        "no-tours": "skip browser tests",
        "only-tours": "of whole suites, only the browser tests",
        "second-run": "give tests that fail a second run, and say so: Odoo's own "
        "browser tests click on without waiting for the page",
        "for-tours": "have the style sheets and scripts of all pages in the database, "
        "for tours to come",
        "keep": "keep the database",
        "as-is": "copy the last database with the addon, though the addon has changed: "
        "for the seconds between two edits of methods",
    }.items():
        parser.add_argument(f"--{name}", action="store_true", help=text)


def run(arguments) -> int:
    """Run the tests; the last line is `N passed, N failed`."""
    outcome = Outcome()
    run_ours(find(arguments), outcome, arguments)
    return outcome.close()


def find(arguments):
    """Return Odoo, with a browser for tours."""
    odoo = odoo_module.find()
    return odoo if arguments.no_tours else odoo.with_program(chromium.folder())


def run_ours(odoo, outcome, arguments):
    """Run the tests that are named, each addon's in a database of its own, as the main
    one must do without the apps that a companion ties it to; all if none is."""
    if not arguments.names:
        _run_all(odoo, outcome, arguments)
    tags = {}
    for name in arguments.names:
        tag = addon.test_tag(name)
        tags.setdefault(addon.tested_addon(tag), []).append(tag)
    for name, named in tags.items():
        run_suite(odoo, outcome, f"Tests of {name}", [name], named, arguments)


def _run_all(odoo, outcome, arguments):
    """Run the tests of each addon with nothing installed but what it stands on, and
    those that need more of them, or a browser, with all of the house."""
    if not arguments.only_tours:
        options = argparse.Namespace(**{**vars(arguments), "no_tours": True})
        for name in (ADDON, *companions()):
            if name != TOGETHER:
                tags = [f"/{name}"]
                if name == ADDON:
                    tags += [f"/test_lint:{name}" for name in ODOO_LINT]
                run_suite(odoo, outcome, f"Tests of {name}", [name], tags, options)
    tags = [f"/{TOGETHER}", HOUSE_TAG]
    if not arguments.no_tours:
        tours = [f"is_tour/{name}" for name in (ADDON, *companions())]
        tags = tours if arguments.only_tours else [*tags, *tours]
    options = argparse.Namespace(**{**vars(arguments), "only_tours": False})
    run_suite(odoo, outcome, "Tests of all together", [TOGETHER], tags, options)


def run_suite(
    odoo, outcome, title, installed, tags, options, stands_on=(), source=None
):
    """Run the tests of `tags` in a database of its own with the addons `installed`.

    :param stands_on: modules of Odoo it needs, beside those our own addons need
    :param source: a function that takes the Odoo and returns the database into which
        they are installed; by default one with the modules needed, and nothing else
    """
    own = addon.with_dependencies(installed)
    others = [name for name in installed if name not in own]
    if source:
        base = source(odoo)
    else:
        needed = sorted({*addon.needed(own), *stands_on})
        base = templates.of_odoo(odoo, needed, demo=False)
    # The tag that Odoo gives to tests that start one
    if options.no_tours:
        tags = [*tags, "-is_tour"]
    elif options.only_tours:
        tags = [f"is_tour{tag}" for tag in tags if tag.startswith("/")]
    database = templates.with_addons(
        odoo,
        base,
        [*own, *others],
        compiled=options.for_tours or not (options.no_tours or options.names),
        chained=len(installed) == 1,
        as_is=options.as_is,
    )
    passed_before = 0
    for is_last in (not options.second_run, True):
        started, log = time.monotonic(), modules.log_file("test")
        reader, code = _run_once(odoo, title, database, tags, options, log)
        if is_last or not (code or reader.failed):
            break
        print(f"{title}: a second run, as {reader.failed} failed. Log: {log}")
        # All of them, if something went wrong between tests.
        if reader.failed_tests:
            passed_before = reader.passed
            tags = reader.failed_tests
    seconds = time.monotonic() - started
    _report(title, reader, code, log, outcome, seconds, passed_before)


def _run_once(odoo, title, database, tags, options, log):
    """Run tests in a copy of a database; return (LogReader, exit code)."""
    arguments = [
        *("--test-tags", ",".join(tags), "--stop-after-init", "--max-cron-threads=0"),
        *("--http-port", ports.any_free(), "--gevent-port", ports.any_free()),
        *("--screenshots", cache("logs", "screenshots")),
    ]
    with odoo.databases.temporary("test", database, keep=options.keep) as name:
        # Tests at install would run before the addons that change what is tested.
        command = odoo.command(*arguments, database=name, program="odoo-late-tests")
        with progress.Step(title) as step:
            reader, code = modules.run(odoo, step, log, command)
        if options.keep:
            print(f"The database is kept: {name}")
    return reader, code


def _report(
    title,
    reader: LogReader,
    code: int,
    log,
    outcome,
    seconds: float,
    passed_before: int = 0,
):
    passed, failed = reader.passed + passed_before, reader.failed
    for record in reader.bad:
        print(f"\n{record.text().rstrip()}")
    if code and not failed:
        print(f"\nOdoo ended with exit code {code}.")
        failed += 1
    if not reader.tests and not failed:
        print("\nNo test ran: check the names.")
        failed += 1
    for test, reason in reader.skipped:
        print(f"Skipped: {test} ({reason})")
    tests = reader.tests + passed_before
    print(f"{title}: {passed} of {tests} passed in {seconds:.0f} s. Log: {log}")
    outcome.add(passed, failed)
