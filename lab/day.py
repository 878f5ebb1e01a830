"""./dev lab day: what a salesperson's day takes, beside native Odoo.

The same tasks are done in a browser of 1366 × 768 pixels, with the addons, and with
Odoo's own CRM, where the nearest thing is done. Clicks and keys are counted as they are
made; seconds are the machine's, as the script does not stop to think. How long a lead
takes from the post of a web form to the message on its owner's screen belongs to the
day, too. What is measured is in `lab/bin/day_*.py`, one file for each way of working.
"""

import contextlib
import json
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

from tooling import chromium, modules, progress, pythonenv, templates
from tooling import odoo as odoo_module
from tooling.errors import Problem
from tooling.settings import cache

from . import bench
from .served import served

HELP = "measure the tasks of a salesperson's day in clicks, keys and seconds"

BIN = Path(__file__).with_name("bin")
TIMES, ASSIGNED, TRIAGED = 3, 30, 50  # see day_setup.py
ARRIVALS = 20
SLOWEST = 1.0  # seconds that the page may take to answer one click or key
# What each task may take at most: clicks, keys, and all of it
TARGETS = {
    "add": {"clicks": 0, "seconds": 1.0},
    "add details": {},
    "call": {"clicks": 2},
    "qualify": {"clicks": 5, "is_scrolled": False},
    "claim": {},
    "new account": {"clicks": 2, "is_cut": False},
    "account": {"clicks": 2, "is_cut": False},
    "opportunity": {"clicks": 2, "is_cut": False},
    "assign": {},
    "triage": {"clicks": 0, "keys": 3},
    "arrive": {"seconds": 1.0},
}
TITLES = {
    "add": "Add a lead",
    "add details": "Add a lead with details",
    "call": "Log a call with the next step",
    "qualify": "Qualify",
    "claim": "Claim",
    "new account": "Convert, new account",
    "account": "Convert, account that is there",
    "opportunity": "Convert into an opportunity that is there",
    "assign": f"Assign {ASSIGNED} leads",
    "triage": f"Triage {TRIAGED} leads, each",
    "arrive": f"From a web form to its owner's screen, 95 % of {ARRIVALS}",
}
# Where the browser's processor is four times as slow: seconds
SLOW = {
    "form": ("A lead is shown, from the list", 0.7),
    "home": ("Lead Home is shown, from the menu", 0.9),
    "banner": ("An account is told, after the last key of its name", 0.35),
}
MOST_SHIFT = 0.01  # of the page moves by itself: less is not seen
WORDS = {"is_scrolled": "no scrolling", "is_cut": "all on one screen"}


def add_arguments(parser):
    parser.add_argument(
        "--leads",
        type=int,
        metavar="N",
        help="in databases with so many leads and accounts (default: the demo data)",
    )
    parser.add_argument(
        "--no-check",
        action="store_true",
        help="exit with 0 even when a target is missed",
    )


def run(arguments) -> int:
    """Do the day's tasks in both ways, print the table, and return 1 when a target is
    missed."""
    odoo = odoo_module.find().with_program(chromium.folder())
    with _databases(odoo, arguments.leads) as (native, ours):
        measured = {
            side: _measure(odoo, side, name)
            for side, name in (("native", native), ("ours", ours))
        }
    missed = find_missed(measured["ours"])
    print(f"\n{table(measured['ours'], measured['native'])}\n")
    print(f"{slow_table(measured['ours'])}\n")
    for task, text in measured["native"]["failed"].items():
        print(f"Not done in native Odoo: {TITLES[task]}: {text}")
    for line in missed:
        print(f"✗ {line}")
    # Goals, which are told when they are missed, but don't decide
    for line in find_slow(measured["ours"]):
        print(f"Missed with a slow processor: {line}")
    return 1 if missed and not arguments.no_check else 0


@contextlib.contextmanager
def _databases(odoo, leads):
    """Make a native database and one with the addons, with the people in them."""
    with contextlib.ExitStack() as stack:
        if leads:
            sizes = SimpleNamespace(leads=leads, accounts=leads, keep=False)
            native, ours, _install = stack.enter_context(bench._databases(odoo, sizes))
        else:
            native, ours = (
                stack.enter_context(odoo.databases.temporary("check", source))
                for source in (
                    templates.of_odoo(odoo, ["crm"], demo=True),
                    templates.ours(odoo, demo=True),
                )
            )
        for name in (native, ours):
            modules.run_script(odoo, name, "People and leads", BIN / "day_setup.py")
        yield native, ours


def _measure(odoo, side, database) -> dict:
    """Do all tasks in one way, and return what each took."""
    # The one that makes leads of what web forms have sent: see day_setup.py
    with served(odoo, database, f"day-{side}", cron_threads=1) as address:
        return _work(odoo, side, database, address)


def _work(odoo, side, database, address):
    pictures = cache("logs", "day")
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        outcome = Path(folder, "outcome.json")
        request = {
            "side": side,
            "address": address,
            "database": database,
            "program": chromium.program(odoo.environ()),
            "times": TIMES,
            "assigned": ASSIGNED,
            "triaged": TRIAGED,
            "arrivals": ARRIVALS,
            "pictures": str(pictures),
            "outcome": str(outcome),
        }
        with progress.Step(f"The day, {side}") as step:
            process = subprocess.Popen(
                [pythonenv.environment("crawl"), BIN / "day_pages.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=odoo.environ(),
            )
            process.stdin.write(json.dumps(request))
            process.stdin.close()
            for line in process.stdout:
                step.update(line.strip())
            errors = process.stderr.read()
            if process.wait():
                raise Problem(f"The day did not end:\n{errors.strip()[-3000:]}")
        return json.loads(outcome.read_text())


# -- the table -----------------------------------------------------------------


def find_missed(measured) -> list[str]:
    """Return a line for each target that is missed.

    :param measured: `tasks`, what each took, and `failed`, what could not be done
    """
    missed = [
        f"{TITLES[task]}: {text}"
        for task, text in measured["failed"].items()
        if task in TITLES
    ]
    for task, took in measured["tasks"].items():
        for name, most in {"slowest": SLOWEST, **TARGETS[task]}.items():
            if took[name] > most:
                what = (
                    WORDS.get(name)
                    or f"{name} {round(took[name], 1):g}, at most {most:g}"
                )
                missed.append(f"{TITLES[task]}: {what}")
    return missed


def find_slow(measured) -> list[str]:
    """Return a line for what takes too long where the browser's processor is slow."""
    failed = measured["failed"].get("slow")
    missed = [failed] if failed else []
    for name, took in measured.get("slowed", {}).items():
        title, most = SLOW[name]
        if took["seconds"] > most:
            missed.append(f"{title}: {took['seconds']:.2f} s, at most {most:g} s")
        if took["shift"] > MOST_SHIFT:
            missed.append(f"{title}: something moves ({took['shift']:.3f})")
    return missed


def slow_table(ours) -> str:
    """Return what pages take on a slow processor, as a table in Markdown."""
    lines = [
        ("processor slowed four times", "seconds", "moves by itself", "target"),
        ("---", "---:", "---:", "---"),
    ]
    for name, took in ours["slowed"].items():
        title, most = SLOW[name]
        seconds, shift = f"{took['seconds']:.2f}", f"{took['shift']:.3f}"
        lines.append((title, seconds, shift, f"{most:g} s, nothing moves"))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def table(ours, native) -> str:
    """Return what the tasks took in both ways, as a table in Markdown."""
    heads = ("task", "clicks", "keys", "seconds", "slowest answer", "native", "target")
    lines = [heads, ("---", *["---:"] * 4, "---", "---")]
    for task, title in TITLES.items():
        if not (took := ours["tasks"].get(task)):
            continue
        beside = native["tasks"].get(task)
        lines.append(
            (
                title,
                f"{took['clicks']:g}",
                f"{took['keys']:g}",
                f"{took['seconds']:.1f}",
                f"{took['slowest']:.1f}",
                _in_short(beside) if beside else "–",
                _target(task),
            )
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _in_short(took):
    text = (
        f"{took['clicks']:g} clicks, {took['keys']:g} keys, {took['seconds']:.1f} s,"
        f" slowest {took['slowest']:.1f} s"
    )
    return text + (", with scrolling" if took["is_scrolled"] else "")


def _target(task):
    parts = [
        WORDS.get(name) or (f"{most:g} {name}" if name != "seconds" else f"{most:g} s")
        for name, most in TARGETS[task].items()
    ]
    return ", ".join(parts)
