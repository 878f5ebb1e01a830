"""./dev lab check: do addons install, upgrade, and leave a database as it was?"""

import functools
import tempfile
from pathlib import Path

from tooling import addon, modules, templates
from tooling import odoo as odoo_module
from tooling.outcome import Outcome
from tooling.settings import ADDON, TOGETHER, companions

from . import among_all, pairs, wheel
from .snapshots import compare, read, snapshot, told

HELP = "build, install, upgrade, uninstall and reinstall the addons"


def add_arguments(parser):
    parser.add_argument(
        "--pairs",
        nargs="?",
        type=int,
        const=0,
        metavar="N",
        help="instead, let each two addons of which neither stands on the other come "
        "and go in both orders (takes hours); or N of the pairs, drawn anew",
    )
    parser.add_argument(
        "--among-all",
        action="store_true",
        help="instead, let each addon go while all others stay, and come back",
    )


def run(arguments) -> int:
    """Build the addons as wheels, then try their whole life on fresh databases: the
    main addon alone, all that install themselves with it with demo data, and the coming
    and going of each of the others beside only what it stands on."""
    outcome = Outcome()
    odoo = odoo_module.find()
    others = [name for name in companions() if name != TOGETHER]
    if arguments.pairs is not None:
        pairs.check(odoo, outcome, pairs.draw(others, arguments.pairs))
        return outcome.close()
    if arguments.among_all:
        among_all.check(odoo, outcome)
        return outcome.close()
    outcome.count([lambda: wheel.check(odoo)])
    _life(odoo, outcome, [ADDON], f"{ADDON} alone")
    _life(odoo, outcome, addon.house(), "the house with demo data", demo=True)
    for names in _alike(others):
        _leaving(odoo, outcome, names)
    return outcome.close()


def _alike(names: list[str]) -> list[list[str]]:
    """Return addons in groups that stand on the same others."""
    groups = {}
    for name in names:
        stack = addon.with_dependencies([name])
        kind = *stack[:-1], *addon.needed(stack)
        groups.setdefault(kind, []).append(name)
    return [*groups.values()]


def _life(odoo, outcome: Outcome, names: list[str], kind: str, demo=False):
    """Install addons, upgrade them, uninstall the main one, which takes all along."""
    source = templates.of_odoo(odoo, addon.needed(names), demo)
    before = snapshot(odoo, source)

    def install():
        return templates.with_addons(odoo, source, names, demo)

    if not outcome.count([install]):
        return
    with odoo.databases.temporary("check", install()) as name:

        def load(title, **what):
            title = f"{title} {kind}"
            modules.load(odoo, name, title, demo=demo, alone=True, **what)

        steps = [
            lambda: load("Upgrade", update=[ADDON]),
            lambda: modules.uninstall(odoo, name, f"Uninstall {kind}", ADDON),
            # Demo leads leave traces in tables that are not theirs, as any use would.
            lambda: compare(before, snapshot(odoo, name), rows=not demo),
        ]
        if not demo:
            steps.append(lambda: load("Install again", install=names))
        outcome.count(steps)


def _leaving(odoo, outcome: Outcome, names: list[str]):
    """Install addons that stand on the same others late, and uninstall them, one after
    the other: the rest must be as if they had never been."""
    below = [name for name in addon.with_dependencies(names) if name not in names]
    needed = addon.needed([*below, *names])
    odoos = templates.of_odoo(odoo, needed, demo=False)
    # One by one where others stand on them, too
    chained = addon.needed(below) == needed
    source = templates.with_addons(odoo, odoos, below, chained=chained)
    title = f"{', '.join(names)}: come and go"
    with (
        odoo.databases.temporary("check", source) as name,
        tempfile.TemporaryDirectory() as folder,
    ):
        script, variables = told(odoo, folder, [([it], [it]) for it in names])

        def look(number):
            files = (Path(folder, f"{it}.json") for it in (number, number + 1))
            compare(*map(read, files), rows=True, kept=below)

        outcome.count(
            [
                lambda: modules.run_script(odoo, name, title, script, variables),
                *(functools.partial(look, number) for number in range(len(names))),
            ]
        )
