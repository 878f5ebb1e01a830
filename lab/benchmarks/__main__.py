"""What runs with Odoo's Python: `python -m lab.benchmarks …`, started by ./dev bench.

names                             print the benchmarks and what they measure, as JSON
seed CONFIG DATABASE ACCOUNTS LEADS [small]
run CONFIG NATIVE ADDON FILE NAME…    measure, and write the results to FILE as JSON
small CONFIG NATIVE ADDON FILE    the same in a small size
accuracy CONFIG DATABASE FILE FOLDER [learn]
                                  match real names, and write the tables to FILE
                                  and all scores beside it, as JSON; FOLDER may be
                                  empty
"""

import inspect
import json
import sys
from pathlib import Path

from tooling import progress

from . import name_accuracy, name_tables, side, small
from .catalogue import BENCHMARKS
from .seed import seed


def names():
    texts = {name: inspect.getdoc(cls) for name, cls in BENCHMARKS.items()}
    print(json.dumps(texts))


def seed_database(config: str, database: str, accounts: str, leads: str, size=""):
    side.configure(config)
    registry = side.Side("seed", database).registry
    seed(registry, int(accounts), int(leads), is_small=bool(size))


def run(config: str, native: str, addon: str, output: str, *chosen: str):
    side.configure(config)
    with progress.Step("Loading both databases"):
        sides = side.Side("native", native), side.Side("addon", addon)
    _run(sides, output, [BENCHMARKS[name]() for name in chosen])


def run_small(config: str, native: str, addon: str, output: str):
    side.configure(config)
    with progress.Step("Loading both databases"):
        sides = side.Side("native", native), side.Side("addon", addon)
    _run(sides, output, small.benchmarks())


def _run(sides, output, benchmarks):
    results = []
    for benchmark in benchmarks:
        with progress.Step(benchmark.title) as step:
            results += benchmark.run(*sides, step.update)
    Path(output).write_text(json.dumps([result.as_dict() for result in results]))


def accuracy(config: str, database: str, output: str, folder: str, learn: str = ""):
    side.configure(config)
    with side.Side("accuracy", database).transaction() as env:
        results = name_accuracy.measure(env, folder, learns=bool(learn))
        Path(output).write_text(name_tables.text(results))
        scores = json.dumps(results["scores"])
        Path(output).with_suffix(".json").write_text(scores)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    {
        "names": names,
        "seed": seed_database,
        "run": run,
        "small": run_small,
        "accuracy": accuracy,
    }[command](*arguments)
