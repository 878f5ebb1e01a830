"""./dev test in databases that are not ours alone: beside Odoo's own suites, beside
addons of the Odoo Community Association, lived-in, and without English."""

from tooling import addon, testing
from tooling.outcome import Outcome
from tooling.settings import ADDON, TOGETHER, companions

from . import lived_in, oca

NATIVE = ("crm", "sale_crm", "website_crm", "event_crm", "crm_livechat")
# Tests of the addon that need another app, and are skipped without it
OWN_TESTS = {"sale_crm": [f"/{ADDON}:TestUndoWithOrders"]}
# The tags of tests that need addons of the OCA, and of those that count what a lead
# costs, which is more with addons that work lead by lead.
OCA_TAG, COST_TAG = "lead_oca", "lead_cost"
# Tests of minutes which say the same in every database: what is done in any order, with
# any values, or by many at once, among people and records of their own
LONG_TAG = "lead_long"
# Tests of the texts of addons, which are the same in every database
WORDS_TAG = "lead_words"
# Tests of a database in which English is not active
NO_ENGLISH_TAG = "lead_no_english"


def add_arguments(parser):
    testing.add_arguments(parser)
    native = {"nargs": "?", "const": ",".join(NATIVE), "metavar": "MODULES"}
    for name, text in {
        "with-native": "also run Odoo's own suites with the addon installed; all of "
        f"{', '.join(NATIVE)}, or those named: --with-native=crm",
        "only-native": "the same without the addon's own tests",
    }.items():
        parser.add_argument(f"--{name}", help=text, **native)
    for name, text in {
        "with-oca": "run the tests with addons of the Odoo Community Association "
        "installed, and their own tests too",
        "only-oca": "the same, but of our tests only those of living with them",
        "lived-in": "run all of our addons' tests in one database with demo data, many "
        "apps, German and French users, a second company and an addon of somebody else",
        "no-english": "run the tests of a database in which English is not active",
    }.items():
        parser.add_argument(f"--{name}", action="store_true", help=text)


def run(arguments) -> int:
    """Run the tests; the last line is `N passed, N failed`."""
    outcome, odoo = Outcome(), testing.find(arguments)
    if arguments.with_oca or arguments.only_oca:
        _run_with_oca(odoo, outcome, arguments)
    elif arguments.lived_in or arguments.no_english:
        if arguments.lived_in:
            _run_lived_in(odoo, outcome, arguments)
        if arguments.no_english:
            _run_without_english(odoo, outcome, arguments)
    elif not arguments.only_native:
        testing.run_ours(odoo, outcome, arguments)
    # Each in a database of its own: they expect no other app beside theirs.
    native = arguments.with_native or arguments.only_native
    for name in native.split(",") if native else ():
        testing.run_suite(
            odoo,
            outcome,
            f"Odoo's tests of {name}, with the addon",
            addon.house(),
            [f"/{name}", *OWN_TESTS.get(name, ())],
            arguments,
            stands_on=[name],
        )
    return outcome.close()


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
    testing.run_suite(
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
    # What sees no database is the same in each.
    left_out = [f"-{LONG_TAG}", f"-{COST_TAG}", f"-{WORDS_TAG}", "-no_database"]
    names = arguments.names or [*(f"/{name}" for name in tested), *left_out]
    neighbour = lived_in.NEIGHBOURS / lived_in.NEIGHBOUR
    testing.run_suite(
        odoo.with_addons(lived_in.NEIGHBOURS),
        outcome,
        "Tests in a lived-in database",
        [lived_in.NEIGHBOUR],
        [addon.test_tag(name, neighbour) for name in names],
        arguments,
        source=lived_in.with_addons,
    )


def _run_without_english(odoo, outcome, arguments):
    testing.run_suite(
        odoo,
        outcome,
        "Tests without English",
        [TOGETHER],
        [addon.test_tag(name) for name in arguments.names] or [NO_ENGLISH_TAG],
        arguments,
        source=lived_in.template_without_english,
    )
