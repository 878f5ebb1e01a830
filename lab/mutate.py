"""./dev lab mutate: do the tests of pure functions notice small mistakes in them?"""

import json
import subprocess
from pathlib import Path

from tooling import odoo as odoo_module
from tooling.errors import Problem
from tooling.settings import REPO, cache

from . import coverage

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
    packages = coverage.packages()
    command = [
        *(odoo.python, SCRIPT, REPO, packages),
        *("--addons-path", ",".join(map(str, odoo.addons_path))),
        *("--names", ",".join(arguments.names)),
        *("--most", str(arguments.most), "--seed", str(arguments.seed)),
    ]
    made = noticed = 0
    without, broken = [], []
    with subprocess.Popen(
        command, env=odoo.environ(), cwd=cache("."), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            for line in process.stdout:
                result = json.loads(line)
                made += result["made"]
                noticed += result["made"] - len(result["survived"])
                if result["tests"] < 1:
                    (broken if result["tests"] else without).append(result["name"])
                _show(**result)
        except BaseException:
            process.terminate()
            raise
    if process.returncode or not made:
        raise Problem("No mistake was made.", "Name tools that have tests, or none.")
    score = 100 * noticed / made
    print(f"Noticed: {noticed} of {made} mistakes, {score:.1f} % (target: {TARGET} %)")
    if without:
        print(f"Without tests that need no database: {', '.join(without)}")
    if broken:
        print(f"Tests that fail without any mistake: {', '.join(broken)}")
    return 0 if score >= TARGET and not broken else 1


def _show(name: str, tests: int, made: int, survived: list[str]):
    if tests < 1:
        what = "its tests fail without any mistake" if tests else "no tests of it alone"
        print(f"{name}: {what}", flush=True)
        return
    print(f"{name}: {made - len(survived)} of {made} noticed", flush=True)
    for what in survived:
        print(f"    line {what}", flush=True)
