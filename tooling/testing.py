"""./dev test: the addon's tests, or Odoo's own with the addon installed."""

import argparse
import time

from . import addon, chromium, lived_in, modules, oca, ports, progress, templates
from . import odoo as odoo_module
from .logcheck import LogReader
from .outcome import Outcome
from .settings import ADDON, TOGETHER, cache, companions

NATIVE = ("crm", "sale_crm", "website_crm", "event_crm", "crm_livechat")
# Odoo's checks of names, indexes and signatures look at the whole registry, so they see
# the addon as soon as it is installed beside them.
ODOO_LINT = ("TestNaming", "TestIndex", "TestLintOverrideSignatures")
# Tests of the addon that need another app, and are skipped without it
OWN_TESTS = {"sale_crm": [f"/{ADDON}:TestUndoWithOrders"]}
# The tags of tests that need addons of the OCA, and of those that count what a lead
# costs, which is more with addons that work lead by lead.
OCA_TAG, COST_TAG = "lead_oca", "lead_cost"
# Tests of minutes which say the same in every database: what is done in any order, with
# any values, or by many at once, among people and records of their own
LONG_TAG = "lead_long"
# Tests of every screen, field and method of the addons that are installed, whichever
# they are: with the main one alone, and with all
HOUSE_TAG = "lead_house"
# Tests of a database in which English is not active
NO_ENGLISH_TAG = "lead_no_english"


def add_arguments(parser):
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="test_module, TestClass, TestClass.test_method, test_method or a tag of "
        "Odoo's such as /lead_management:TestClass (default: all tests of the addon)",
    )
    parser.add_argument(
        "--with-native",
        nargs="?",
        const=",".join(NATIVE),
        metavar="MODULES",
        help="also run Odoo's own suites with the addon installed; all of "
        f"{', '.join(NATIVE)}, or those named: --with-native=crm",
    )
    parser.add_argument(
        "--only-native",
        nargs="?",
        const=",".join(NATIVE),
        metavar="MODULES",
        help="the same without the addon's own tests",
    )
    parser.add_argument(
        "--with-oca",
        action="store_true",
        help="run the tests with addons of the Odoo Community Association installed, "
        "and their own tests too",
    )
    parser.add_argument(
        "--only-oca",
        action="store_true",
        help="the same, but of our tests only those of living with them",
    )
    parser.add_argument(
        "--lived-in",
        action="store_true",
        help="run all of our addons' tests in one database with demo data, many apps, "
        "German and French users, a second company and an addon of somebody else",
    )
    parser.add_argument(
        "--no-english",
        action="store_true",
        help="run the tests of a database in which English is not active",
    )
    parser.add_argument("--no-tours", action="store_true", help="skip browser tests")
    parser.add_argument(
        "--only-tours",
        action="store_true",
        help="of whole suites, only the browser tests",
    )
    parser.add_argument(
        "--second-run",
        action="store_true",
        help="give a suite that fails a second run, and say so: Odoo's own browser "
        "tests click on without waiting for the page",
    )
    parser.add_argument("--keep", action="store_true", help="keep the database")
    parser.add_argument(
        "--as-is",
        action="store_true",
        help="copy the last database with the addon, though the addon has changed: for "
        "the seconds between two edits of methods",
    )


def run(arguments) -> int:
    """Run the tests; the last line is `N passed, N failed`."""
    outcome = Outcome()
    native = arguments.with_native or arguments.only_native
    odoo = odoo_module.find()
    if not arguments.no_tours:
        odoo = odoo.with_program(chromium.folder())
    if arguments.with_oca or arguments.only_oca:
        _run_with_oca(odoo, outcome, arguments)
    elif arguments.lived_in or arguments.no_english:
        if arguments.lived_in:
            _run_lived_in(odoo, outcome, arguments)
        if arguments.no_english:
            _run_without_english(odoo, outcome, arguments)
    elif not arguments.only_native:
        if arguments.names:
            for name, tags in _tags_by_addon(arguments.names).items():
                run_suite(odoo, outcome, f"Tests of {name}", [name], tags, arguments)
        else:
            _run_all(odoo, outcome, arguments)
    if native:
        # Each in a database of its own: they expect no other app beside theirs.
        for name in native.split(","):
            title = f"Odoo's tests of {name}, with the addon"
            tags = [f"/{name}", *OWN_TESTS.get(name, ())]
            run_suite(odoo, outcome, title, [name, *addon.house()], tags, arguments)
    return outcome.close()


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


def _run_with_oca(odoo, outcome, arguments):
    """Run the addon's tests beside those of the OCA's addons, in one database.

    All once everything is loaded: what is tested is how they live together.
    """
    folder = oca.folder(odoo.python)
    house = [*addon.house(), TOGETHER]
    others = sorted(oca.manifests(folder))
    tags = [addon.test_tag(name) for name in arguments.names]
    if not tags:
        tested = others if arguments.only_oca else [*house, *others]
        tags = [*(f"/{name}" for name in tested), OCA_TAG, f"-{COST_TAG}"]
    run_suite(
        odoo.with_addons(folder),
        outcome,
        f"Tests of {ADDON} beside addons of the OCA",
        [*house, *others],
        tags,
        arguments,
        stands_on=oca.dependencies(folder),
    )


def _run_lived_in(odoo, outcome, arguments):
    """Run the tests of all our addons in one database that was lived in before they
    came, beside an addon of somebody else that looks at what they do."""
    tested = [ADDON, *companions(), lived_in.NEIGHBOUR]
    left_out = [f"-{LONG_TAG}", f"-{COST_TAG}"]
    names = arguments.names or [*(f"/{name}" for name in tested), *left_out]
    neighbour = lived_in.NEIGHBOURS / lived_in.NEIGHBOUR
    run_suite(
        odoo.with_addons(lived_in.NEIGHBOURS),
        outcome,
        "Tests in a lived-in database",
        [lived_in.NEIGHBOUR],
        [addon.test_tag(name, neighbour) for name in names],
        arguments,
        source=lived_in.with_addons,
    )


def _run_without_english(odoo, outcome, arguments):
    run_suite(
        odoo,
        outcome,
        "Tests without English",
        [TOGETHER],
        [addon.test_tag(name) for name in arguments.names] or [NO_ENGLISH_TAG],
        arguments,
        source=lived_in.template_without_english,
    )


def _tags_by_addon(names: list[str]) -> dict[str, list[str]]:
    """Return the test tags of each addon that is tested: each has its own database, as
    the main one must do without the apps that a companion ties it to."""
    if not names:
        return {name: [f"/{name}"] for name in (ADDON, *companions())}
    tags = {}
    for name in names:
        tag = addon.test_tag(name)
        tags.setdefault(addon.tested_addon(tag), []).append(tag)
    return tags


def run_suite(
    odoo,
    outcome,
    title,
    installed,
    tags,
    options,
    stands_on=(),
    source=None,
):
    """Run the tests of `tags` in a database of its own with the addons `installed`.

    :param stands_on: modules of Odoo it needs, beside those our own addons need
    :param source: a function that takes the Odoo and returns the database into which
        they are installed; by default one with the modules needed, and nothing else
    """
    own = addon.with_dependencies(installed)
    others = [name for name in installed if name not in own and name not in NATIVE]
    if source:
        base = source(odoo)
    else:
        needed = {*addon.needed(own), *stands_on, *(set(installed) & set(NATIVE))}
        base = templates.of_odoo(odoo, sorted(needed), demo=False)
    # The tag that Odoo gives to tests that start one
    if options.no_tours:
        tags = [*tags, "-is_tour"]
    elif options.only_tours:
        tags = [f"is_tour{tag}" for tag in tags if tag.startswith("/")]
    database = templates.with_addons(
        odoo,
        base,
        [*own, *others],
        compiled=not (options.no_tours or options.names),
        chained=len(installed) == 1,
        as_is=options.as_is,
    )
    for is_last in (not options.second_run, True):
        started, log = time.monotonic(), modules.log_file("test")
        reader, code = _run_once(odoo, title, database, tags, options, log)
        if is_last or not (code or reader.failed):
            break
        print(f"{title}: a second run, as {reader.failed} failed. Log: {log}")
    _report(title, reader, code, log, outcome, time.monotonic() - started)


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


def _report(title, reader: LogReader, code: int, log, outcome, seconds: float):
    passed, failed = reader.passed, reader.failed
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
    print(f"{title}: {passed} of {reader.tests} passed in {seconds:.0f} s. Log: {log}")
    outcome.add(passed, failed)
