"""Two addons that come and go beside each other, in each order: see `check`."""

import itertools
import random
import tempfile
from functools import partial
from pathlib import Path

from tooling import addon, modules, templates
from tooling.outcome import Outcome
from tooling.settings import ADDON, companions

from .snapshots import compare_counts, read, told


def draw(names: list[str], number: int) -> dict[str, list[str]]:
    """Return by each addon the others that change places with it, each two once: those
    of which neither stands on the other.

    :param number: of pairs to draw; 0 for all
    """
    below = {name: addon.with_dependencies([name]) for name in names}
    pairs = [
        (first, second)
        for first, second in itertools.combinations(names, 2)
        if first not in below[second] and second not in below[first]
    ]
    if number:
        pairs = sorted(random.sample(pairs, min(number, len(pairs))))
    found = {name: [] for pair in pairs for name in pair}
    for first, second in pairs:
        found[first].append(second)
    return found


def check(odoo, outcome: Outcome, pairs: dict[str, list[str]]):
    """Let each addon of a pair come beside the other one, which then goes, both ways:
    what is left must be built as if the other one had never been there.

    Numbers of records tell which came first, so rows are counted instead of read.
    """
    # One database for all, whichever pairs were drawn
    apps = templates.of_odoo(odoo, addon.needed(companions()), demo=False)
    with tempfile.TemporaryDirectory() as folder:
        for name, others in pairs.items():
            path = Path(folder, name)
            path.mkdir()
            _walk(odoo, outcome, apps, name, others, path)
        for name, others in pairs.items():
            for other in others:
                old, new = Path(folder, other, "1.json"), Path(folder, name, other)
                if old.exists() and new.exists():
                    stack = addon.with_dependencies([other])
                    outcome.count([partial(_compare, old, new, stack, f"{name} went")])


def _walk(odoo, outcome, apps: str, name: str, others: list[str], folder: Path):
    """Install an addon; let each other one take its place, and it take theirs."""
    stack = addon.with_dependencies([name])
    steps = [([name], [])]
    for other in others:
        rest = addon.with_dependencies([other])
        steps.append(([other], [it for it in stack if it not in rest]))
        steps.append(([name], [it for it in rest if it not in stack]))
    steps.append(([], [it for it in stack if it != ADDON]))
    title = f"{name} by itself"
    if others:
        title = f"{name}: {len(others)} others take its place, and it theirs"

    def walk():
        # Others may drop what is kept while this goes on.
        source = templates.with_addons(odoo, apps, [ADDON])
        with odoo.databases.temporary("check", source) as database:
            script, variables = told(odoo, folder, steps, "--count")
            modules.run_script(odoo, database, title, script, variables)

    outcome.count([walk])
    for number, other in enumerate(others):
        # Compared when the other one has had its own walk
        there, back = (folder / f"{2 * number + step}.json" for step in (2, 3))
        if not (back.exists() and back.stat().st_size):
            print(f"✗ {name} and {other} were not tried to the end", flush=True)
            outcome.add(passed=0, failed=1)
            continue
        there.rename(folder / other)
        begin = folder / "1.json"
        outcome.count([partial(_compare, begin, back, stack, f"{other} went")])
        back.unlink()
    if (last := folder / f"{len(steps)}.json").exists():
        outcome.count([partial(_compare, folder / "0.json", last, [ADDON], "all went")])


def _compare(old: Path, new: Path, stack: list[str], what: str):
    here = ", ".join(stack[1:]) or ADDON
    compare_counts(read(old), read(new), stack, f"{here}, after {what}")
