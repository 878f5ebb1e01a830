"""Put modules into a database, with the work shown and every bad log line counted."""

import itertools
import os
import subprocess
import tempfile
import time
from pathlib import Path

from . import progress
from .errors import Problem
from .logcheck import LogReader
from .odoo import Odoo
from .settings import TOOLING, cache

# What starts Odoo where no module of its own is new: in copies, for tests
KNOWN = "odoo-known-modules"
# Two servers may be started within a second.
_numbers = itertools.count()


def log_file(purpose: str) -> Path:
    """Return a new file for a full log; the newest fifty are kept."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = cache("logs", f"{purpose}-{stamp}-{os.getpid()}-{next(_numbers)}.log")
    for old in sorted(path.parent.glob("*.log"), key=os.path.getmtime)[:-50]:
        old.unlink(missing_ok=True)
    return path


def run(odoo: Odoo, step, log: Path, command: list[str], script: Path | None = None):
    """Run Odoo to its end, reading its log; return (LogReader, exit code).

    :param script: what it reads from standard input
    """
    reader = LogReader(step.update)
    process = odoo.start(
        command,
        stdin=script.open() if script else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        with log.open("a", buffering=1) as output:
            for line in process.stdout:
                output.write(line)
                reader.feed(line.rstrip("\n"))
        code = process.wait()
    finally:
        stop(process)
    reader.close()
    return reader, code


def stop(process, patience: float = 10):
    """End a process started in a session of its own, with all it started."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()


def load(
    odoo: Odoo,
    database: str,
    title: str,
    *,
    install=(),
    update=(),
    demo=False,
    alone=False,
):
    """Install or upgrade modules; anything bad in the log is a problem.

    :param alone: without those that would install themselves with these, in a copy of
        a database in which Odoo's own are listed
    """
    program = KNOWN if alone else "odoo-bin"
    arguments = ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
    arguments += ["--skip-auto-install"] if alone else []
    arguments += ["--init", ",".join(install)] if install else []
    arguments += ["--update", ",".join(update)] if update else []
    arguments += ["--with-demo"] if demo else []
    command = odoo.command(*arguments, database=database, program=program)
    _run_checked(odoo, title, command)


def uninstall(odoo: Odoo, database: str, title: str, name: str):
    """Uninstall a module and what stands on it, as the button of the Apps menu does, in
    a copy of a database in which Odoo's own are listed."""
    command = odoo.command(
        name, database=database, subcommand=("module", "uninstall"), program=KNOWN
    )
    _run_checked(odoo, title, command)


def run_script(odoo: Odoo, database: str, title: str, name: str | Path, told=None):
    """Run a script in Odoo's shell; a bad log line is a problem.

    :param name: of a script in tooling/bin, or where another one is
    :param told: what it finds in variables, by their names; such a script brings no
        module that would install itself, nor one of Odoo's that is new
    """
    options = ["--no-http", *(["--skip-auto-install"] if told else [])]
    program = KNOWN if told else "odoo-bin"
    command = odoo.command(
        *options, database=database, subcommand=("shell",), program=program
    )
    script = TOOLING / "bin" / name
    if not told:
        _run_checked(odoo, title, command, script)
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"{variable} = {value!r}" for variable, value in told.items()]
        copy = Path(folder, script.name)
        copy.write_text("\n".join([*lines, script.read_text()]))
        _run_checked(odoo, title, command, copy)


def _run_checked(odoo: Odoo, title: str, command: list[str], script=None):
    log = log_file("load")
    with progress.Step(title) as step:
        reader, code = run(odoo, step, log, command, script)
        if code or reader.bad:
            shown = "\n".join(record.text() for record in reader.bad[:3])
            if not shown:
                shown = "\n".join(log.read_text().splitlines()[-12:])
            raise Problem(f"{title} failed:\n{shown}", f"The full log is {log}")
