"""./dev lab mutate: do the tests of pure functions notice small mistakes in them?"""

import json
import subprocess
from pathlib import Path

from tooling import odoo as odoo_module
from tooling import pythonenv
from tooling.errors import Problem
from tooling.settings import REPO, cache

HELP = "make small mistakes in tools, and count those that their tests notice"
SCRIPT = Path(__file__).with_name("bin") / "mutate_tools.py"
TARGET = 85


def add_arguments(parser):
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="of a tool, such as safe_url, or of an addon (default: all)",
    )
    parser.add_argument(
        "--most",
        type=int,
        default=40,
        help="mistakes in each tool, drawn by --seed (default: 40; 0 for all)",
    )
    parser.add_argument("--seed", type=int, default=0, help="another one, others drawn")


def run(arguments) -> int:
    """Print how many mistakes were noticed, tool by tool, and those that were not."""
    odoo = odoo_module.find()
    packages = pythonenv.packages("measure")
    command = [
        *(odoo.python, SCRIPT, REPO, packages),
        *("--addons-path", ",".join(map(str, odoo.addons_path))),
        *("--names", ",".join(arguments.names)),
        *("--most", str(arguments.most), "--seed", str(arguments.seed)),
    ]
    process = subprocess.run(
        command,
        env=odoo.environ(),
        cwd=cache("."),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if process.returncode:
        raise Problem("The mistakes could not be made.", "See above.")
    return _report(json.loads(process.stdout.splitlines()[-1]))


def _report(results: dict[str, dict]) -> int:
    made = noticed = 0
    for name, result in sorted(results.items()):
        if not result["tests"]:
            print(f"{name}: no tests of it alone")
            continue
        survived = result["survived"]
        made += result["made"]
        noticed += result["made"] - len(survived)
        print(f"{name}: {result['made'] - len(survived)} of {result['made']} noticed")
        for what in survived:
            print(f"    line {what}")
    if not made:
        raise Problem("No mistake was made.", "Name tools that have tests, or none.")
    score = 100 * noticed / made
    print(f"Noticed: {noticed} of {made} mistakes, {score:.1f} % (target: {TARGET} %)")
    return 0 if score >= TARGET else 1
