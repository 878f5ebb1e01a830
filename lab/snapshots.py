"""Databases as they are, and what distinguishes two of them."""

import json
from pathlib import Path

from tooling import pythonenv
from tooling.errors import Problem
from tooling.processes import run as run_program
from tooling.settings import ADDON, REPO, companions

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
# Prints a database as JSON
PROGRAM = Path(__file__).with_name("bin") / "snapshot.py"
# Lets addons come and go, and prints the database after each step
COME_AND_GO = Path(__file__).with_name("bin") / "come_and_go.py"


def differences(old: dict, new: dict, is_compared) -> list[str]:
    """Return what distinguishes two snapshots, a line each.

    :param is_compared: tells for a kind of content whether it counts
    """
    found = []
    for kind in filter(is_compared, sorted({*old, *new})):
        ours, theirs = new.get(kind, {}), old.get(kind, {})
        if kind.startswith("row of "):
            # Reading them is work, and most are the same to the letter.
            ours, theirs = contents(ours, theirs), contents(theirs, ours)
        found += [f"+ {kind} {key}" for key in sorted({*ours} - {*theirs})]
        found += [f"- {kind} {key}" for key in sorted({*theirs} - {*ours})]
        found += [
            f"~ {kind} {key}: {theirs[key]} → {ours[key]}"
            for key in sorted({*ours} & {*theirs})
            if ours[key] != theirs[key]
        ]
    return found


def contents(rows: dict, others: dict) -> dict:
    """Return what Odoo sees of the rows that are not among the others: to it, NULL,
    false, 0 and '' are the same."""
    found = {}
    for text in rows.keys() - others.keys():
        row = {key: value for key, value in json.loads(text).items() if value}
        # What modules there are, Odoo reads from the disk.
        if row.get("model") != "ir.module.module":
            found[json.dumps(row, ensure_ascii=False, sort_keys=True)] = ""
    return found


def own_ids(snapshot: dict) -> set[str]:
    """Return the external ids of our addons in a snapshot."""
    rows = [json.loads(row) for row in snapshot["row of ir_model_data"] if ADDON in row]
    ours = {ADDON, *companions()}
    return {f"{row['module']}.{row['name']}" for row in rows if row["module"] in ours}


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
        [odoo.python, PROGRAM, name],
        env={**pythonenv.clean_environ(), **odoo.databases.server.environ()},
    )
    return json.loads(output)


def told(odoo, folder, steps, *options: str, measured=()) -> tuple[Path, dict]:
    """Return the script that lets addons come and go, and what it must be told.

    :param folder: for the snapshots
    :param steps: the addons to be installed, and those to be uninstalled then
    :param options: of the program that prints a database
    :param measured: the numbers of steps after which pages are measured
    """
    return COME_AND_GO, {
        "STEPS": steps,
        "FOLDER": str(folder),
        "SERVER": odoo.databases.server.environ(),
        "SNAPSHOT": str(PROGRAM),
        "LOOK": options,
        "MEASURED": [*measured],
        "REPO": str(REPO),
    }


def read(path: Path) -> dict:
    return json.loads(path.read_text())


def compare(old: dict, new: dict, rows: bool, kept=()):
    """Fail when the database is not as it was.

    :param rows: whether their content counts, too
    :param kept: addons of ours that are still there
    """

    def is_compared(kind):
        table = kind.removeprefix("row of ")
        return table == kind or (
            rows and table not in VOLATILE and not table.startswith("orm_signaling_")
        )

    ids = sorted(own_ids(new))
    left = [f"+ external id {i}" for i in ids if i.partition(".")[0] not in kept]
    refuse(
        differences(old, new, is_compared) + left,
        "The uninstalled addon left the database changed:",
        "+ is new, - is gone, ~ has changed. Put it right in uninstall_hook.",
    )


def compare_counts(old: dict, new: dict, kept, what: str):
    """Fail when the database is built otherwise, or has other numbers of rows.

    :param kept: addons of ours that are there
    :param what: to say of it
    """
    for snapshot in (old, new):
        counts = snapshot["number of rows"]
        for table in [*counts]:
            if table in VOLATILE or table.startswith("orm_signaling_"):
                del counts[table]
    try:
        compare(old, new, rows=False, kept=kept)
    except Problem as problem:
        raise Problem(f"{what}: {problem.what}", problem.way_on) from None
