"""An Odoo server with worker processes, for those who measure or kill it."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from tooling import modules, ports, progress
from tooling.errors import Problem

from .benchmarks import http_load

# Makes the web form that is posted to
FORM = Path(__file__).with_name("bin") / "capture_form.py"

WORKERS = 2
PATIENCE = 180
CAPTURE_PATH = "/lead/capture/load"


class LoadServer:
    """A server on one database, started anew as often as one likes.

    :param more: options of Odoo, which come after those here
    :param program: which starts Odoo
    """

    def __init__(self, odoo, database: str, *more, program="odoo-bin"):
        self.odoo = odoo
        self.database = database
        self.more = more
        self.program = program
        self.port = ports.any_free()
        self.process = self.log = None

    def start(self):
        """Start the server, and wait until it answers."""
        self.log = modules.log_file("load-server")
        command = self.odoo.command(
            *("--http-port", self.port, "--gevent-port", ports.any_free()),
            *("--workers", WORKERS, "--max-cron-threads", 1),
            *self.more,
            database=self.database,
            program=self.program,
        )
        with self.log.open("w") as output:
            self.process = self.odoo.start(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if http_load.get(self.port, "/web/health").status:
                return
            time.sleep(0.5)
        raise Problem("The server did not start.", f"Its log: {self.log}")

    def kill(self):
        """End the server and its workers at once, as a power cut does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_if_running(self):
        """End the server at once, if it was started."""
        if self.process:
            self.kill()

    def stop(self):
        """End the server, and wait until it has ended."""
        if self.process:
            modules.stop(self.process, patience=30)

    def rows(self, sql: str) -> list:
        """Return what a query of the database says."""
        return self.odoo.databases.query(sql, database=self.database)


@contextlib.contextmanager
def running(odoo, database: str):
    """Give a started server, and stop it at the end."""
    server = LoadServer(odoo, database)
    try:
        with progress.Step(f"Starting a server on {database}"):
            server.start()
        yield server
    finally:
        server.stop()


def keep_to_itself(odoo, database: str):
    """Let a server not ask Odoo's service about each new lead, which may not answer."""
    odoo.databases.query(
        "UPDATE ir_cron SET active = FALSE FROM ir_model_data data"
        " WHERE data.model = 'ir.cron' AND data.res_id = ir_cron.id"
        " AND data.module = 'crm_iap_enrich'",
        database=database,
    )


def count_outcomes(server) -> dict:
    """Return how many submissions there are, by their state."""
    return dict(
        server.rows(
            "SELECT state, COUNT(*) FROM crm_lead_capture_submission GROUP BY state"
        )
    )


def wait_for_leads(server, patience: float, report=None) -> dict:
    """Wait until nothing is to be made a lead any more; return the outcomes.

    :raise Problem: it takes too long
    """
    deadline = time.monotonic() + patience
    while (outcomes := count_outcomes(server)).get("new"):
        if time.monotonic() > deadline:
            raise Problem(f"{outcomes['new']} submissions are still no leads.")
        if report:
            report(f"{outcomes['new']} to be made leads", 1)
        time.sleep(0.5)
    return outcomes
