"""./dev lab names: how often matching finds the right account, on real names."""

import json
from pathlib import Path

from tooling import odoo as odoo_module
from tooling import templates
from tooling.errors import Problem
from tooling.settings import cache

from . import peers
from .benchmarks import report
from .with_odoo import run_benchmarks

HELP = "measure account matching on real names"
FILES = ("accounts.csv", "leads.csv")


def add_arguments(parser):
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        help="with accounts.csv and leads.csv; what columns they have is said in "
        "lab/benchmarks/name_accuracy.py. Without it, the names that the repository "
        "has are measured",
    )
    parser.add_argument(
        "--learn",
        action="store_true",
        help="link the leads whose account does not come first, and ask once more",
    )
    parser.add_argument(
        "--peers",
        action="store_true",
        help="ask other matchers about the names of the folder, and draw the curves",
    )
    parser.add_argument(
        "--markdown",
        metavar="FILE",
        help="write the tables there, between its markers if the file has them",
    )


def run(arguments) -> int:
    """Make a database with the accounts, ask about every lead, and print the tables."""
    folder = _get_folder(arguments)
    odoo = odoo_module.find()
    output = cache("benchmarks", "names.md")
    source = templates.ours(odoo)
    with odoo.databases.temporary("test_names", source) as name:
        run_benchmarks(
            odoo,
            *("accuracy", odoo.config_file(), name, output, folder or ""),
            *(["learn"] if arguments.learn else []),
        )
    table = output.read_text()
    print(table)
    if arguments.peers:
        own = json.loads(output.with_suffix(".json").read_text())
        print(f"\n{peers.compare(folder, own)}")
    if arguments.markdown:
        report.write_markdown(Path(arguments.markdown), table)
    return 0


def _get_folder(arguments) -> Path | None:
    """Return the folder that was asked for, which may be none."""
    if not arguments.folder:
        if arguments.peers:
            raise Problem(
                "Other matchers are asked about the names of a folder.",
                "Name one with accounts.csv and leads.csv: what columns they have is "
                "said in lab/benchmarks/name_accuracy.py.",
            )
        return None
    folder = arguments.folder.resolve()
    if missing := [name for name in FILES if not (folder / name).exists()]:
        raise Problem(
            f"There is no {' and no '.join(missing)} in {folder}.",
            "What columns they have is said in lab/benchmarks/name_accuracy.py.",
        )
    return folder
