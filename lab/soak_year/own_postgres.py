"""The PostgreSQL server of the soak: nobody else's, so that it may be restarted, killed
and run out of disk."""

import subprocess
from pathlib import Path

from tooling import debian, postgres, processes, progress
from tooling.settings import cache

NAME = "soak"


class OwnCluster(postgres.Cluster):
    """A PostgreSQL server on a disk and with a clock of its own.

    What it says is committed must be there after a crash, so it waits until it is
    written; not until the disk has it, as it is no machine that crashes.
    """

    options = {
        **postgres.OPTIONS,
        "synchronous_commit": "on",
        "fsync": "off",
        # Its log would grow with each conflict of two requests.
        "log_min_messages": "fatal",
        "log_checkpoints": "off",
    }
    patience = 900  # a crash may leave much to be read again

    def __init__(self, clock):
        super().__init__(NAME)
        self.environ = clock.environ()

    def crash(self):
        """End it as it ends when one of its processes is killed."""
        self.stop("immediate")

    def server(self) -> postgres.Server:
        """Return how it is reached; not as the one whose databases are looked after."""
        return postgres.Server(str(self.sockets), postgres.PORT, postgres.ROLE)

    def copy(self, source: postgres.Server, template: str, name: str):
        """Make a database here like one of another server, but for its files."""
        with progress.Step("Copying a database"):
            self._tool("createdb", "--template=template0", "--locale=C", name)
            dump = subprocess.Popen(
                [self.binaries / "pg_dump", "--no-owner", "--no-acl", template],
                stdout=subprocess.PIPE,
                env=self._client(source),
            )
            with dump:
                self._tool(
                    "psql", "-q", "-v", "ON_ERROR_STOP=1", name, told=dump.stdout
                )
            if dump.returncode:
                raise processes.explain("copying a database", "pg_dump stopped")
            self._tool("psql", "-q", "-c", "CHECKPOINT", "-c", "ANALYZE", name)

    def _client(self, server: postgres.Server) -> dict:
        environ = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **server.environ()}
        if not str(self.binaries).startswith("/usr/"):
            libraries = debian.library_path(cache("debian", "postgresql"))
            environ["LD_LIBRARY_PATH"] = libraries
        return environ

    def _tool(self, program, *arguments, told=subprocess.DEVNULL):
        done = subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            stdin=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self._client(self.server()),
            check=False,
        )
        if done.returncode:
            raise processes.explain("copying a database", done.stdout)


def folder() -> Path:
    """Return the folder of its data, which may become a disk."""
    return cache("postgres", NAME)
