"""./dev lab check: do addons install, upgrade, and leave a database as it was?"""

import functools
import itertools
import json
import random
import tempfile
from pathlib import Path

from tooling import addon, modules, progress, templates
from tooling import odoo as odoo_module
from tooling.outcome import Outcome
from tooling.settings import ADDON, TOGETHER, companions

from . import wheel
from .snapshots import PROGRAM, VOLATILE, differences, own_ids, refuse, snapshot

HELP = "build, install, upgrade, uninstall and reinstall the addons"
COME_AND_GO = Path(__file__).with_name("bin") / "come_and_go.py"


def add_arguments(parser):
    parser.add_argument(
        "--pairs",
        nargs="?",
        type=int,
        const=0,
        metavar="N",
        help="instead, let each addon come and go beside each other one that it does "
        "not stand on, and go before it (takes hours); or N of the pairs, drawn anew",
    )


def run(arguments) -> int:
    """Build the addons as wheels, then try their whole life on fresh databases: the
    main addon alone, all that install themselves with it with demo data, and the coming
    and going of each of the others beside only what it stands on."""
    outcome = Outcome()
    odoo = odoo_module.find()
    others = [name for name in companions() if name != TOGETHER]
    if arguments.pairs is not None:
        _try_pairs(odoo, outcome, others, arguments.pairs)
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


def _try_pairs(odoo, outcome: Outcome, names: list[str], number: int):
    """Install two addons in both orders, and uninstall them in both, too.

    :param number: of pairs to draw; 0 for all
    """
    below_of = {name: addon.with_dependencies([name]) for name in names}
    pairs = [
        (first, second)
        for first, second in itertools.permutations(names, 2)
        if first not in below_of[second] and second not in below_of[first]
    ]
    if number:
        pairs = random.sample(pairs, min(number, len(pairs)))
    for first, second in pairs:
        _leaving(odoo, outcome, [second], beside=first)


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
            lambda: _compare(before, snapshot(odoo, name), rows=not demo),
        ]
        if not demo:
            steps.append(lambda: load("Install again", install=names))
        outcome.count(steps)


def _leaving(odoo, outcome: Outcome, names: list[str], beside: str = ""):
    """Install addons that stand on the same others late, and uninstall them, one after
    the other: the rest must be as if they had never been.

    :param beside: another one that is there, and that goes afterwards when a single
        addon has come once more, to stay
    """
    below = addon.with_dependencies([beside] if beside else [])
    below += [name for name in addon.with_dependencies(names) if name not in below]
    below = [name for name in below if name not in names]
    needed = addon.needed([*below, *names])
    odoos = templates.of_odoo(odoo, needed, demo=False)
    # One by one where others stand on them, too
    chained = addon.needed(below) == needed
    source = templates.with_addons(odoo, odoos, below, chained=chained)
    with (
        odoo.databases.temporary("check", source) as name,
        tempfile.TemporaryDirectory() as folder,
    ):
        told = {
            "ADDONS": names,
            "FOLDER": folder,
            "SERVER": odoo.databases.server.environ(),
            "SNAPSHOT": str(PROGRAM),
        }
        title = f"{', '.join(names)}: come and go"
        title += f" beside {beside}" if beside else ""

        def compare(number):
            old, new = (
                json.loads(Path(folder, f"{which}.json").read_text())
                for which in (number, number + 1)
            )
            _compare(old, new, rows=True, kept=below)

        steps = [
            lambda: modules.run_script(odoo, name, title, COME_AND_GO, told),
            *(functools.partial(compare, number) for number in range(len(names))),
        ]
        if beside:
            steps += _swap(odoo, name, names, below, beside)
        outcome.count(steps)


def _swap(odoo, name: str, names: list[str], below: list[str], beside: str):
    """Return the steps in which addons come to stay, and the one beside them goes."""
    rest = [*(other for other in below if other != beside), *names]
    odoos = templates.of_odoo(odoo, addon.needed([*below, *names]), demo=False)
    like = templates.with_addons(odoo, odoos, rest, chained=True)
    again = ", ".join(names)
    return [
        lambda: modules.load(
            odoo, name, f"Install {again} again", install=names, alone=True
        ),
        lambda: modules.uninstall(odoo, name, f"{beside} goes before {again}", beside),
        # Numbers of records tell which came first.
        lambda: _compare(
            snapshot(odoo, like), snapshot(odoo, name), rows=False, kept=rest
        ),
    ]


def _compare(old: dict, new: dict, rows: bool, kept=()):
    """Fail when the database is not as it was.

    :param kept: addons of ours that are still there
    """

    def is_compared(kind):
        table = kind.removeprefix("row of ")
        return table == kind or (
            rows and table not in VOLATILE and not table.startswith("orm_signaling_")
        )

    with progress.Step("What was left behind"):
        ids = sorted(own_ids(new))
        left = [f"+ external id {i}" for i in ids if i.partition(".")[0] not in kept]
        refuse(
            differences(old, new, is_compared) + left,
            "The uninstalled addon left the database changed:",
            "+ is new, - is gone, ~ has changed. Put it right in uninstall_hook.",
        )
