"""./dev check: does the addon install, upgrade, and leave a database as it found it?"""

import json

from . import addon, modules, progress, pythonenv, templates, wheel
from . import odoo as odoo_module
from .errors import Problem
from .processes import run as run_program
from .settings import ADDON, TOGETHER, TOOLING, companions
from .testing import Outcome

# Tables Odoo itself writes to when any module comes and goes.
VOLATILE = (
    "ir_actions_todo",  # the next one open is launched
    "ir_attachment",  # compiled assets
    "ir_cron_trigger",
    "ir_model_constraint",  # an uninstall drops foreign keys, but not their rows here
    "ir_module_module",
    "ir_module_module_dependency",
    "ir_profile",
    "bus_bus",
)
SHOWN = 20


def run(_arguments) -> int:
    """Build the addons as wheels, then try their whole life on fresh databases: the
    main addon alone, all that install themselves with it with demo data, and the coming
    and going of each of the others beside only what it stands on."""
    outcome = Outcome()
    odoo = odoo_module.find()
    outcome.count([lambda: wheel.check(odoo)])
    _life(odoo, outcome, [ADDON], f"{ADDON} alone")
    _life(odoo, outcome, addon.house(), "the house with demo data", demo=True)
    for name in companions():
        if name != TOGETHER:
            _leaving(odoo, outcome, addon.with_dependencies([name]))
    return outcome.close()


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


def _leaving(odoo, outcome: Outcome, names: list[str]):
    """Install the last of some addons late and uninstall it: the others must be as if
    it had never been."""
    *others, last = names
    odoos = templates.of_odoo(odoo, addon.needed(names), demo=False)
    source = templates.with_addons(odoo, odoos, others, chained=True)
    before = snapshot(odoo, source)
    with odoo.databases.temporary("check", source) as name:
        title = f"Install {last} late"
        outcome.count(
            [
                lambda: modules.load(odoo, name, title, install=[last], alone=True),
                lambda: modules.uninstall(odoo, name, f"Uninstall {last} alone", last),
                lambda: _compare(before, snapshot(odoo, name), rows=True, kept=others),
                lambda: modules.run_script(
                    odoo, name, f"Open a lead without {last}", "open_lead.py"
                ),
            ]
        )


def _compare(old: dict, new: dict, rows: bool, kept=()):
    """Fail when the database is not as it was.

    :param kept: addons of ours that are still there
    """

    def is_compared(kind):
        table = kind.removeprefix("row of ")
        return table == kind or (
            rows and table not in VOLATILE and not table.startswith("orm_signaling_")
        )

    with progress.Step("What the addon left behind"):
        ids = sorted(own_ids(new))
        left = [f"+ external id {i}" for i in ids if i.partition(".")[0] not in kept]
        refuse(
            differences(old, new, is_compared) + left,
            "The uninstalled addon left the database changed:",
            "+ is new, - is gone, ~ has changed. Put it right in uninstall_hook.",
        )


def differences(old: dict, new: dict, is_compared) -> list[str]:
    """Return what distinguishes two snapshots, a line each.

    :param is_compared: tells for a kind of content whether it counts
    """
    found = []
    for kind in filter(is_compared, sorted({*old, *new})):
        ours, theirs = new.get(kind, {}), old.get(kind, {})
        found += [f"+ {kind} {key}" for key in sorted({*ours} - {*theirs})]
        found += [f"- {kind} {key}" for key in sorted({*theirs} - {*ours})]
        found += [
            f"~ {kind} {key}: {theirs[key]} → {ours[key]}"
            for key in sorted({*ours} & {*theirs})
            if ours[key] != theirs[key]
        ]
    return found


def own_ids(snapshot: dict) -> set[str]:
    """Return the external ids of our addons in a snapshot."""
    rows = map(json.loads, snapshot["row of ir_model_data"])
    return {
        f"{row['module']}.{row['name']}"
        for row in rows
        if row["module"] in (ADDON, *companions())
    }


def refuse(differences: list[str], what: str, way_on: str):
    """Raise what was found as a problem, if anything was."""
    if differences:
        more = len(differences) - SHOWN
        lines = [line[:400] for line in differences[:SHOWN]]
        lines += [f"and {more} more"] if more > 0 else []
        raise Problem("\n    ".join([what, *lines]), way_on)


def snapshot(odoo, name: str) -> dict:
    output = run_program(
        f"reading the database {name}",
        [odoo.python, TOOLING / "bin" / "snapshot.py", name],
        env={**pythonenv.clean_environ(), **odoo.databases.server.environ()},
    )
    return json.loads(output)
