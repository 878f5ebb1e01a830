"""./dev bench: start the benchmarks with Odoo's Python and all they need to know.

The benchmarks are a package `benchmarks` at the top of the repository, started as
`python -m benchmarks NAME…` from there. They get, as environment variables:

PGHOST, PGPORT, PGUSER, PGPASSWORD   the database server, as psycopg2 and psql read them
PYTHONPATH                           the folder that holds the package `odoo`
LEAD_MANAGEMENT_ODOO_BIN             the script that starts Odoo
LEAD_MANAGEMENT_ODOO_CONF            its configuration, with the addons path and server
LEAD_MANAGEMENT_TEMPLATE             a database with the addon's dependencies only
LEAD_MANAGEMENT_BENCH_FILES          a folder in the cache for what they make
"""

import subprocess

from . import addon, modules
from . import odoo as odoo_module
from .errors import Problem
from .settings import REPO, TOOLING, cache


def add_arguments(parser):
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")


def run(arguments) -> int:
    """Start the benchmarks and return their exit code."""
    if not (REPO / "benchmarks" / "__main__.py").exists():
        raise Problem("There are no benchmarks in this clone.")
    odoo = odoo_module.find()
    template = modules.template(odoo, addon.dependencies(), demo=False)
    files = cache("benchmarks")
    files.mkdir(exist_ok=True)
    return subprocess.call(
        [str(odoo.python), "-m", "benchmarks", *arguments.names, *arguments.rest],
        cwd=REPO,
        env={
            **odoo.environ(),
            **odoo.databases.server.environ(),
            "LEAD_MANAGEMENT_ODOO_BIN": str(TOOLING / "bin" / "odoo-bin"),
            "LEAD_MANAGEMENT_ODOO_CONF": str(odoo.config_file()),
            "LEAD_MANAGEMENT_TEMPLATE": template,
            "LEAD_MANAGEMENT_BENCH_FILES": str(files),
        },
    )
