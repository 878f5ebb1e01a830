"""An Odoo that serves one database while something is done with its pages."""

import contextlib
import subprocess

from tooling import demo, modules, ports, progress


@contextlib.contextmanager
def served(odoo, database: str, log_name: str, cron_threads: int = 0):
    """Start Odoo, by default without scheduled actions, and stop it in the end.

    :return: its address, once it answers
    """
    port, log = ports.any_free(), modules.log_file(log_name)
    command = odoo.command(
        *("--http-port", port, "--gevent-port", ports.any_free()),
        f"--max-cron-threads={cron_threads}",
        database=database,
    )
    with log.open("w") as output:
        server = odoo.start(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    address = f"http://{ports.HOST}:{port}"
    try:
        with progress.Step("Starting Odoo"):
            demo.wait_until_it_answers(server, f"{address}/web/login", log)
        yield address
    finally:
        modules.stop(server)
