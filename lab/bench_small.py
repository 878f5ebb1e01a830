"""./dev bench --small: what needs more queries, or longer beside native, than it did.

A small size that is quick enough for each change: 20,000 leads in a database of Odoo's
own modules, and in one that has the addons already. What is measured is compared with
`benchmarks/small.json`, which `--commit` writes.
"""

import json
import os
from pathlib import Path

from tooling import addon, progress, templates
from tooling import odoo as odoo_module
from tooling.settings import cache

from .benchmarks import committed as committing
from .benchmarks import report
from .benchmarks.benchmark import Result
from .with_odoo import run_benchmarks

COMMITTED = Path(__file__).with_name("benchmarks") / "small.json"
LEADS = ACCOUNTS = 20_000
NO_TARGETS = dict.fromkeys(("max_ratio", "max_extra_queries", "max_seconds", "max_p95"))


def run(commits: bool) -> int:
    """Measure, print the table, and return 1 when something is worse than committed.

    :param commits: write down what was measured, instead of comparing it
    """
    odoo = odoo_module.find()
    results = _measure(odoo)
    facts = {"odoo": odoo.version, "install": None}
    print(f"\n{LEADS:,} leads, {ACCOUNTS:,} accounts")
    print(f"{report.text(results, facts)}\n")
    measured = committing.summary(results)
    if commits:
        COMMITTED.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n")
        print(f"Written: {COMMITTED}")
        return 0
    committed = json.loads(COMMITTED.read_text())
    worse = committing.compare(measured, committed)
    for line in worse:
        print(f"✗ {line}")
    for title in filter(committed.get, measured):
        before, now = (it[title]["queries"] for it in (committed, measured))
        if now and now < before:
            print(f"{title}: {now} queries instead of {before} (--commit)")
    print(f"\n{max(len(measured) - len(worse), 0)} passed, {len(worse)} failed")
    return 1 if worse else 0


def _measure(odoo):
    databases = odoo.databases
    house = addon.house()
    sources = (
        templates.of_odoo(odoo, addon.needed(house), demo=False),
        templates.ours(odoo),
    )
    with (
        databases.temporary("bench_native", sources[0]) as native,
        databases.temporary("bench_addon", sources[1]) as extended,
    ):
        config = odoo.config_file()
        for name in (native, extended):
            run_benchmarks(odoo, "seed", config, name, ACCOUNTS, LEADS, "small")
            with progress.Step("Collecting statistics"):
                databases.query("VACUUM ANALYZE", database=name)
        output = cache("benchmarks", f"small-{os.getpid()}.json")
        try:
            run_benchmarks(odoo, "small", config, native, extended, output)
            found = json.loads(output.read_text())
        finally:
            output.unlink(missing_ok=True)
    # Targets are those of a large database.
    return [Result.from_dict({**values, **NO_TARGETS}) for values in found]
