"""./dev run and ./dev shell: the clone's own database, kept between runs."""

import signal
import subprocess
import time
import urllib.error
import urllib.request

from . import addon, modules, ports, progress, templates
from . import odoo as odoo_module
from .errors import Problem
from .locks import lock
from .logcheck import RECORD
from .settings import ADDON, REPO, clone_id

LIVE_A_YEAR = REPO / "lab" / "bin" / "live_a_year.py"
PATIENCE = 120  # seconds for a server to answer


def default_database() -> str:
    return f"lead_management_run_{clone_id()}"


def add_database_arguments(parser):
    parser.add_argument(
        "-d",
        "--database",
        default=default_database(),
        help="its name (default: one per clone)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="drop the database and make it again"
    )
    parser.add_argument("--no-demo", action="store_true", help="without demo data")
    parser.add_argument(
        "--no-history",
        action="store_true",
        help="without a year of work with the demo data, which takes a minute",
    )


def prepare(odoo, arguments):
    """Make the database when missing, and upgrade the addon when it has changed."""
    name, fresh, demo = arguments.database, arguments.fresh, not arguments.no_demo
    databases = odoo.databases
    content = addon.content_hash()
    with lock(f"database-{name}"):
        if fresh:
            databases.drop(name)
        facts = databases.facts(name)
        if not databases.exists(name) or not facts.get("content"):
            if databases.exists(name) and not facts.get("unfinished"):
                raise Problem(
                    f"The database {name} was not made by ./dev, so it is left alone.",
                    "Choose another name with --database, or drop it with --fresh.",
                )
            databases.drop(name)
            databases.create(name, templates.ours(odoo, demo))
            if demo and not arguments.no_history:
                modules.run_script(odoo, name, "A year goes by", LIVE_A_YEAR)
        elif facts["content"] != content:
            demo = facts["demo"]
            title = "Upgrading the changed addons"
            new = {"install": addon.house(), "update": [ADDON]}
            modules.load(odoo, name, title, **new, demo=demo)
        else:
            return facts
        databases.describe(name, content=content, demo=demo)
        return {"demo": demo}


def run(arguments) -> int:
    """Start Odoo and keep it until the user ends it."""
    port = _port(arguments.port)
    odoo = odoo_module.find()
    facts = prepare(odoo, arguments)
    options = ["--http-port", port, "--gevent-port", ports.any_free()]
    if arguments.workers:
        options += ["--workers", arguments.workers]
    log = modules.log_file("run")
    process = odoo.start(
        odoo.command(*options, *arguments.rest, database=arguments.database),
        stdin=subprocess.DEVNULL,
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )
    address = f"http://localhost:{port}"
    try:
        with progress.Step("Starting Odoo"):
            wait_until_it_answers(process, f"http://{ports.HOST}:{port}/web/login", log)
        print(f"\nOdoo is at {address}/odoo/crm  –  log in as admin, password admin")
        if facts["demo"]:
            print(
                " " * (len(address) + 22) + "or as demo, password demo, a salesperson"
            )
        print(f"Ctrl-C stops it. Its log: {log}\n", flush=True)
        _follow(process, log, arguments.verbose)
    except KeyboardInterrupt:
        progress.note("")
    finally:
        if process.poll() is None:
            with progress.Step("Stopping Odoo"):
                modules.stop(process)
    return 0


def _port(asked: int | None) -> int:
    if asked is None:
        port = ports.next_free(8069)
        if port != 8069:
            progress.note(f"Port 8069 is taken, so Odoo gets port {port}.")
        return port
    if not ports.is_free(asked):
        raise Problem(
            f"Port {asked} is taken by another program.",
            f"Choose another one: ./dev run --port {ports.next_free(asked + 1)}",
        )
    return asked


def wait_until_it_answers(process, address: str, log):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except urllib.error.HTTPError as error:
            raise Problem(
                f"Odoo answers with an error ({error.code}).", f"Its log: {log}"
            ) from error
        except OSError:
            time.sleep(0.2)
    tail = "\n".join(f"    {line}" for line in log.read_text().splitlines()[-12:])
    raise Problem(f"Odoo does not answer:\n{tail}", f"Its full log: {log}")


def _follow(process, log, verbose: bool):
    """Show what goes wrong (or, if asked, everything) while the server runs."""
    shown = False
    with log.open() as lines:
        while process.poll() is None:
            if not (line := lines.readline()):
                time.sleep(0.3)
                continue
            if found := RECORD.match(line):
                shown = verbose or found["level"] in ("WARNING", "ERROR", "CRITICAL")
            if shown:
                print(line, end="", flush=True)
    raise Problem(
        f"Odoo ended by itself (exit code {process.returncode}).", f"Log: {log}"
    )


def shell(arguments) -> int:
    """Open Odoo's Python shell on the database, or run a script from standard input."""
    odoo = odoo_module.find()
    prepare(odoo, arguments)
    command = odoo.command(
        *("--log-level=warn", "--no-http"),
        database=arguments.database,
        subcommand=("shell",),
    )
    # Ctrl-C belongs to the shell inside.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(
        command,
        env=odoo.environ(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
