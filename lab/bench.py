"""./dev bench: the addon beside native Odoo, on as many records as a company has.

A database with Odoo's own modules is filled once (the *seeded* one) and copied twice;
one of the copies gets the addon. What is measured, and how, is in `lab/benchmarks/`,
which runs with Odoo's Python.
"""

import contextlib
import hashlib
import json
import time
from pathlib import Path

from tooling import addon, modules, progress, templates
from tooling import odoo as odoo_module
from tooling.database import PREFIX
from tooling.errors import Problem
from tooling.locks import lock
from tooling.settings import ADDON, cache

from . import among_all, bench_small, capture_bench
from .benchmarks import options, report
from .benchmarks.benchmark import Result
from .with_odoo import run_benchmarks

# The modules that decide what is in the seeded database
SEEDING = (
    *("seed", "seed_accounts", "seed_leads"),
    *("company_names", "people", "copy_rows"),
)

add_arguments = options.add_arguments


def run(arguments) -> int:
    """Measure, print the table, and return 1 when a target is missed."""
    if arguments.commit and not arguments.small:
        raise Problem("Only what --small measures is committed.", "Add --small.")
    if arguments.small:
        if arguments.names:
            raise Problem("--small measures all there is in a small size, or nothing.")
        return bench_small.run(arguments.commit)
    odoo = odoo_module.find()
    known = json.loads(run_benchmarks(odoo, "names", capture=True))
    known |= {it.NAME: it.DESCRIPTION for it in (capture_bench, among_all)}
    if arguments.list:
        for name, text in known.items():
            print(f"{name}\n  " + text.replace("\n", "\n  "))
        return 0
    names = arguments.names or list(known)
    if unknown := set(names) - set(known):
        raise Problem(
            f"There is no benchmark {', '.join(sorted(unknown))}.",
            f"There are: {', '.join(known)}",
        )
    with lock("bench"):
        results, install = _measure(odoo, arguments, names)
    facts = {
        "leads": arguments.leads,
        "accounts": arguments.accounts,
        "odoo": odoo.version,
        "install": install,
    }
    _publish(arguments, results, facts)
    missed = [result for result in results if result.missed]
    for result in missed:
        print(f"✗ {result.title}: {'; '.join(result.missed)}")
    return 1 if missed and not arguments.no_check else 0


def _measure(odoo, arguments, names):
    """Return the results of benchmarks, and the seconds of installing the addon."""
    # Those that need servers, or other addons, instead of two registries
    served, left_out = (it.NAME in names for it in (capture_bench, among_all))
    names = [it for it in names if it not in (capture_bench.NAME, among_all.NAME)]
    results, install = [], None
    if names:
        with _databases(odoo, arguments) as (native, with_addon, install):
            output = cache("benchmarks", "results.json")
            output.unlink(missing_ok=True)
            config = odoo.config_file()
            run_benchmarks(odoo, "run", config, native, with_addon, output, *names)
            results = [
                Result.from_dict(values) for values in json.loads(output.read_text())
            ]
    if served:
        results += capture_bench.measure(odoo, arguments.posts)
    if left_out:
        results += among_all.measure(odoo)
    return results, install


def _publish(arguments, results, facts):
    print(f"\n{report.text(results, facts)}\n")
    if arguments.markdown:
        table = report.markdown(results, facts)
        report.write_markdown(Path(arguments.markdown), table)
    if arguments.json:
        values = {**facts, "results": [result.as_dict() for result in results]}
        Path(arguments.json).write_text(json.dumps(values, indent=1) + "\n")


# -- databases -----------------------------------------------------------------


@contextlib.contextmanager
def _databases(odoo, arguments):
    """Make the native database and the one with the addon.

    :return: their names, and the seconds that installing the addon took
    """
    databases = odoo.databases
    _drop_abandoned(databases)
    keep = arguments.keep
    seeded = _seeded(odoo, arguments.accounts, arguments.leads)
    try:
        with (
            databases.temporary("bench_native", keep=keep, template=seeded) as native,
            databases.temporary("bench_addon", keep=keep, template=seeded) as extended,
        ):
            start = time.monotonic()
            title = f"Installing {ADDON} on {arguments.leads:,} leads"
            modules.load(odoo, extended, title, install=addon.house(), alone=True)
            install = time.monotonic() - start
            with progress.Step("Collecting statistics"):
                # as the server would soon do by itself, in the middle of a measure
                for name in (native, extended):
                    databases.query("VACUUM ANALYZE", database=name)
            yield native, extended, install
            if keep:
                print(f"Kept: {seeded} (seeded), {native}, {extended}")
    finally:
        if not keep:
            databases.drop(seeded)


def _seeded(odoo, accounts: int, leads: int) -> str:
    """Return the seeded database, made when there is none of this size."""
    databases = odoo.databases
    template = templates.of_odoo(odoo, addon.needed(addon.house()), demo=False)
    source = sorted(Path(__file__).with_name("benchmarks").glob("*.py"))
    made_by = [path.read_bytes() for path in source if path.stem in SEEDING]
    key = hashlib.sha1(repr([template, accounts, leads, made_by]).encode()).hexdigest()
    name = f"{PREFIX}_bench_seeded_{key[:10]}"
    if not databases.exists(name):
        partial = f"{name}_partial"
        databases.drop(partial)
        databases.create(partial, template)
        run_benchmarks(odoo, "seed", odoo.config_file(), partial, accounts, leads)
        with progress.Step("Collecting statistics"):
            databases.query("VACUUM ANALYZE", database=partial)
        databases.rename(partial, name)
    return name


def _drop_abandoned(databases):
    """Drop what killed runs left, and the copies that were kept to look at.

    Even one that nobody asks may still be at work for the run that was killed, and an
    open transaction keeps the whole server from using new indexes.
    """
    if not databases.server.private:
        return  # a shared server's process numbers may be another machine's
    for name, facts in databases.named("bench").items():
        if "_bench_seeded_" in name and not name.endswith("_partial"):
            continue
        pid = facts.get("pid")
        if not (pid and Path(f"/proc/{pid}").exists()):
            databases.drop(name)
