"""./dev lab coverage: which lines and branches of the product its tests reach."""

import argparse
import json
import os
import shutil

from tooling import processes, pythonenv
from tooling.errors import Problem
from tooling.settings import REPO, cache

from . import surroundings

HELP = "run the tests, and print which share of the product's branches they reach"
TARGET = 92
SHOWN = 20


def add_arguments(parser):
    parser.add_argument(
        "--again",
        action="store_true",
        help="run no tests: print what the last run has found",
    )
    surroundings.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the tests of `./dev test` and report on Python that is neither a test nor a
    manifest nor a migration, all of its addons together and one by one."""
    python = pythonenv.environment("measure")
    folder = cache("coverage")
    config = folder / "config"
    failed = 0
    if not arguments.again:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        config.write_text(_get_config())
        os.environ["COVERAGE_PROCESS_START"] = str(config)
        os.environ["LEAD_MANAGEMENT_COVERAGE"] = str(packages())
        failed = surroundings.run(arguments)
    if not config.exists():
        raise Problem("Nothing was measured yet.", "Run it without --again.")
    report = folder / "report.json"
    coverage = [python, "-m", "coverage"]
    options = ["--rcfile", config]
    if list(folder.glob("data.*")):
        processes.run(
            "adding up what the tests reached",
            [*coverage, "combine", "--append", *options],
        )
    processes.run(
        "counting what the tests reached",
        [*coverage, "json", "--quiet", *options, "-o", report],
    )
    return _report(json.loads(report.read_text())["files"]) or failed


def packages():
    """Return the folder with the packages that measure, for Odoo's Python, which is the
    same, to look into last."""
    folder = pythonenv.environment("measure").parents[1]
    return next(folder.glob("lib/python*/site-packages"))


def _get_config() -> str:
    addons = [path.parent for path in sorted(REPO.glob("lead_*/__manifest__.py"))]
    lines = "\n".join(f"    {path}" for path in addons)
    return f"""[run]
branch = True
parallel = True
sigterm = True
data_file = {cache("coverage", "data")}
source =
{lines}
omit =
    */tests/*
    */__manifest__.py
    */migrations/*
"""


def _report(files: dict[str, dict]) -> int:
    rows = {}
    for path, found in files.items():
        addon = path.removeprefix(f"{REPO}/").split("/")[0]
        for name in (addon, "all"):
            row = rows.setdefault(name, [0, 0, 0, 0])
            for at, key in enumerate(
                ("covered_lines", "num_statements", "covered_branches", "num_branches")
            ):
                row[at] += found["summary"][key]
    print(f"{'':34}  lines  branches")
    for name in [*sorted(rows.keys() - {"all"}), "all"]:
        lines, statements, taken, branches = rows[name]
        print(f"{name:34} {_share(lines, statements)} % {_share(taken, branches)} %")
    least = sorted(files, key=lambda path: _count_missed(files[path]), reverse=True)
    print("Most left out (lines and branches):")
    for path in least[:SHOWN]:
        print(f"  {_count_missed(files[path]):3} {path.removeprefix(f'{REPO}/')}")
    _lines, _statements, taken, branches = rows["all"]
    print(f"Branches: {_share(taken, branches).strip()} % (target: {TARGET} %)")
    return 0 if 100 * taken >= TARGET * branches else 1


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 100:7.1f}"


def _count_missed(found: dict) -> int:
    summary = found["summary"]
    return summary["missing_lines"] + summary["missing_branches"]
