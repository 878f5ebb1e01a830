"""./dev check: does the addon install, upgrade, and leave a database as it found it?"""

import json

from . import addon, modules, progress, pythonenv
from . import odoo as odoo_module
from .errors import Problem
from .processes import run as run_program
from .settings import ADDON, TOOLING, companions
from .testing import Outcome

# Tables Odoo itself writes to when any module comes and goes.
VOLATILE = (
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
    """Try the addon's whole life on fresh databases, with and without demo data, and
    beside the apps that its companions tie it to."""
    outcome = Outcome()
    odoo = odoo_module.find()
    for demo in (False, True):
        _life(odoo, outcome, ADDON, demo)
    for name in companions():
        _life(odoo, outcome, name, demo=False)
    return outcome.close()


def _life(odoo, outcome: Outcome, installed: str, demo: bool):
    """Install an addon, upgrade it, uninstall the main one, which takes it along."""
    source = modules.template(odoo, addon.dependencies(installed), demo)
    kind = "with demo data" if demo else "without demo data"
    if installed != ADDON:
        kind += f" and {installed}"
    with odoo.databases.temporary("check", source) as name:
        before = _snapshot(odoo, name)

        def load(title, **what):
            modules.load(odoo, name, f"{title} {kind}", demo=demo, **what)

        steps = [
            lambda: load("Install", install=[installed]),
            lambda: load("Upgrade", update=[ADDON]),
            lambda: modules.run_script(odoo, name, f"Uninstall {kind}", "uninstall.py"),
            # Demo leads leave traces in tables that are not theirs, as any use would.
            lambda: _compare(before, _snapshot(odoo, name), rows=not demo),
            lambda: load("Reinstall", install=[installed]),
        ]
        for done, step in enumerate(steps):
            try:
                step()
            except Problem as problem:
                print(f"\n✗ {problem.what}\n{problem.way_on}\n", flush=True)
                # What comes after a failure can't be told, so it counts as failed.
                outcome.add(passed=0, failed=len(steps) - done)
                return
            outcome.add(passed=1, failed=0)


def _compare(old: dict, new: dict, rows: bool):
    """Fail when the database is not as it was."""
    with progress.Step("What the addon left behind"):
        differences = []
        for kind in sorted({*old, *new}):
            table = kind.removeprefix("row of ")
            if table != kind and (
                not rows or table in VOLATILE or table.startswith("orm_signaling_")
            ):
                continue
            ours, theirs = new.get(kind, {}), old.get(kind, {})
            differences += [f"+ {kind} {key}" for key in sorted({*ours} - {*theirs})]
            differences += [f"- {kind} {key}" for key in sorted({*theirs} - {*ours})]
            differences += [
                f"~ {kind} {key}: {theirs[key]} → {ours[key]}"
                for key in sorted({*ours} & {*theirs})
                if ours[key] != theirs[key]
            ]
        left = [
            key
            for key in new["row of ir_model_data"]
            if json.loads(key)["module"] in (ADDON, *companions())
        ]
        differences += [f"+ external id {key}" for key in left]
        if differences:
            more = len(differences) - SHOWN
            lines = [line[:400] for line in differences[:SHOWN]]
            lines += [f"and {more} more"] if more > 0 else []
            raise Problem(
                "The uninstalled addon left the database changed:\n    "
                + "\n    ".join(lines),
                "+ is new, - is gone, ~ has changed. Put it right in uninstall_hook.",
            )


def _snapshot(odoo, name: str) -> dict:
    output = run_program(
        f"reading the database {name}",
        [odoo.python, TOOLING / "bin" / "snapshot.py", name],
        env={**pythonenv.clean_environ(), **odoo.databases.server.environ()},
    )
    return json.loads(output)
