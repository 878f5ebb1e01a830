"""./dev names: how often account matching finds the right account, on real names."""

from pathlib import Path

from benchmarks import report

from . import odoo as odoo_module
from . import templates
from .bench import run_benchmarks
from .errors import Problem
from .settings import REPO, cache

FOLDER = REPO.parent / "shared" / "data"
FILES = ("accounts.csv", "leads.csv")


def add_arguments(parser):
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=FOLDER,
        help="with accounts.csv and leads.csv (default: ../shared/data)",
    )
    parser.add_argument(
        "--markdown",
        metavar="FILE",
        help="write the tables there, between its markers if the file has them",
    )


def run(arguments) -> int:
    """Make a database with the accounts, ask about every lead, and print the tables."""
    folder = arguments.folder.resolve()
    if missing := [name for name in FILES if not (folder / name).exists()]:
        raise Problem(
            f"There is no {' and no '.join(missing)} in {folder}.",
            "Name the folder: ./dev names FOLDER. benchmarks/name_accuracy.py says"
            " which columns the files have.",
        )
    odoo = odoo_module.find()
    output = cache("benchmarks", "names.md")
    source = templates.ours(odoo)
    with odoo.databases.temporary("test_names", source) as name:
        run_benchmarks(odoo, "accuracy", odoo.config_file(), name, folder, output)
    table = output.read_text()
    print(table)
    if arguments.markdown:
        report.write_markdown(Path(arguments.markdown), table)
    return 0
