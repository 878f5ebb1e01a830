"""One addon goes while all others stay, and comes back after them: what is left, and
what pages cost without it.

This tries each addon beside each other one at once, in far less time than each two.
"""

import tempfile
from functools import partial
from pathlib import Path

from tooling import addon, modules, templates
from tooling.outcome import Outcome
from tooling.settings import ADDON, TOGETHER, companions

from .benchmarks.benchmark import Result, Sample
from .snapshots import compare_counts, own_ids, read, refuse, told

NAME = "left-out"
DESCRIPTION = """What is saved where an addon is left out, with those that stand on it:
kilobytes of ours that the browser loads at the start, and queries of reading a lead's
form. Beside it what it is with all addons."""


def measure(odoo) -> list[Result]:
    """Return what pages cost without each addon, beside what they cost with all."""
    outcome = Outcome()
    found = check(odoo, outcome, measured=True)
    whole = found.pop("")
    return [
        Result(
            NAME,
            f"Without {name.removeprefix(f'{ADDON}_')}",
            native=Sample([whole["start"]], [whole["form"]]),
            addon=Sample([costs["start"]], [costs["form"]]),
            max_ratio=1.01,
            max_extra_queries=0,
            unit="kB",
        )
        for name, costs in found.items()
    ]


def check(odoo, outcome: Outcome, measured=False) -> dict[str, dict[str, float]]:
    """Let each addon go, with those that stand on it, and come back.

    What goes with an addon is what came with it when it was installed.

    :return: if asked, what pages cost with all, and without each addon by its name
    """
    others = [name for name in companions() if name != TOGETHER]
    names = addon.with_dependencies(others)
    apps = templates.of_odoo(odoo, addon.needed(names), demo=False)
    source = templates.with_addons(odoo, apps, [ADDON])
    names.remove(ADDON)
    above = {
        name: [it for it in names if name in addon.with_dependencies([it])]
        for name in names
    }
    steps = [([name], []) for name in names]
    whole = len(steps)
    for name in names:
        steps += [([], [name]), (above[name], [])]
    went = {name: whole + 2 * number + 1 for number, name in enumerate(names)}
    asked = {"": whole, **went} if measured else {}
    title = f"{whole} addons go while all others stay, and come back"
    with (
        tempfile.TemporaryDirectory() as folder,
        odoo.databases.temporary("check", source) as database,
    ):
        script, variables = told(
            odoo, folder, steps, "--count", measured=asked.values()
        )
        outcome.count(
            [lambda: modules.run_script(odoo, database, title, script, variables)]
        )
        files = [Path(folder, f"{number}.json") for number in range(len(steps) + 1)]
        files = [path for path in files if path.exists() and path.stat().st_size]
        for name in names:
            if went[name] + 1 < len(files):
                outcome.count(_looks(files, names, name, above[name], went[name]))
            else:
                print(f"✗ {name} was not tried to the end", flush=True)
                outcome.add(passed=0, failed=1)
        paths = {it: Path(folder, f"measured-{asked[it]}.json") for it in asked}
        return {name: read(path) for name, path in paths.items() if path.exists()}


def _looks(files, names, name: str, gone: list[str], number: int):
    """Return what to look at after an addon went and came back.

    :param number: of the step in which it went
    """
    before, after, again = (read(files[it]) for it in (len(names), number, number + 1))
    rest = _built(before)
    for it in gone:
        at = names.index(it)
        rest -= _built(read(files[at + 1])) - _built(read(files[at]))
    kept = [ADDON, *(it for it in names if it not in gone)]
    ids = [it for it in sorted(own_ids(after)) if it.partition(".")[0] not in kept]
    return [
        partial(
            _refuse, rest, _built(after), f"After {name} went, the rest is changed:"
        ),
        partial(refuse, ids, f"{name} left external ids:", "See uninstall_hook."),
        partial(compare_counts, before, again, [ADDON, *names], f"{name} came back"),
    ]


def _built(snapshot: dict) -> set[str]:
    """Return what is there, by its kind and name: how a view is defined follows from
    all that is there."""
    return {
        f"{kind} {key}"
        for kind, content in snapshot.items()
        if kind != "number of rows" and not kind.startswith("row of ")
        for key in content
    }


def _refuse(wanted: set[str], found: set[str], what: str):
    lines = [f"+ {it}" for it in sorted(found - wanted)]
    lines += [f"- {it}" for it in sorted(wanted - found)]
    refuse(lines, what, "+ is left, - is gone")
