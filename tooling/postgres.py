"""The PostgreSQL server: the one PGHOST names, or a private one in the cache folder.

The private one listens on a socket in the cache only, so it meets no other server, and
it is left running when a command ends, because another one may be using it and the
next one starts sooner; `./dev stop` ends it.
"""

import contextlib
import hashlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import debian, processes, progress
from .errors import Problem
from .locks import lock
from .settings import cache, cache_folder

ROLE = "odoo"
PORT = 5432
SOCKET_PATH_LIMIT = 107  # of the kernel, for the whole path
OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    # A crash of the machine may cost the last moments of a demo database, and a crash
    # of anything else nothing: a fair price for tests that don't wait for the disk.
    "synchronous_commit": "off",
    # Each database is looked through once in that time, which takes a tenth of a second
    # of a processor, and there are a hundred. Their leads are few.
    "autovacuum_naptime": "'30min'",
}


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int
    user: str
    password: str = ""
    private: bool = False

    def environ(self) -> dict:
        """Return the variables with which libpq (psql, psycopg2) finds it."""
        values = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        return {**values, **({"PGPASSWORD": self.password} if self.password else {})}


def server() -> Server:
    """Return the server to use, started when it is ours and not running."""
    if host := os.environ.get("PGHOST"):
        user = os.environ.get("PGUSER") or pwd.getpwuid(os.geteuid()).pw_name
        if user == "postgres":
            raise Problem(
                "Odoo refuses to work as the database user postgres.",
                "Make another one that may create databases and name it in PGUSER: "
                "createuser --createdb odoo",
            )
        port = os.environ.get("PGPORT") or "5432"
        return Server(host, int(port), user, os.environ.get("PGPASSWORD", ""))
    with lock("postgres"):
        cluster = Cluster()
        cluster.start()
        cluster.end_abandoned_hurry()
    return Server(str(cluster.sockets), PORT, ROLE, private=True)


def stop():
    """Stop the private server, if it runs."""
    for data in cache_folder().glob("postgres/*/data"):
        Cluster(data.parent.name).stop()


def hurry(pid: int | None):
    """Have the private server leave out what is for the day after tomorrow, as long as
    a process runs: to wait until what it writes is on the disk, and to tidy up.

    Each database that is made or dropped waits for all that others have written, for
    seconds on a busy disk. Where a crash of the machine may cost all databases, nothing
    has to wait.

    :param pid: that of the process, None when it comes to its end
    """
    if os.environ.get("PGHOST"):
        return
    server()
    Cluster().set_hurry(pid)


def _binaries() -> Path:
    """Return the folder of the newest PostgreSQL programs, installed or unpacked."""
    unpacked = cache("debian", "postgresql")

    def newest(root):
        found = root.glob("usr/lib/postgresql/*/bin/initdb")
        return sorted((path.parent for path in found), key=_major)

    if installed := newest(Path("/")):
        return installed[-1]
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    if not shutil.which("apt-get"):
        raise Problem(
            "PostgreSQL is not on this machine.",
            "Install it with your package manager, or name a server in PGHOST.",
        )
    if not unpacked.exists():
        debian.unpack("PostgreSQL", ["postgresql"], unpacked, with_dependencies=True)
    if not newest(unpacked):
        raise Problem(
            "PostgreSQL is not on this machine, and unpacking it did not work.",
            "As root: apt-get install -y postgresql\nor name a server in PGHOST.",
        )
    return newest(unpacked)[-1]


def _major(folder: Path) -> int:
    digits = re.search(r"(\d+)/bin$", str(folder))
    return int(digits[1]) if digits else 0


class Cluster:
    """The private server's data, and the user who runs it."""

    options = OPTIONS
    environ = {}  # variables that the server is started with
    patience = 60  # seconds for it to start

    def __init__(self, major: str | None = None):
        self.binaries = _binaries()
        # initdb refuses root: root's server belongs to an account that can't log in.
        self.account = None
        if os.geteuid() == 0:
            accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
            self.account = accounts.get("postgres") or accounts["nobody"]
        self.home = cache("postgres", major or self._installed_major())
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.sockets = self._socket_folder()

    def _installed_major(self) -> str:
        version = self._run("asking PostgreSQL", "postgres", "-V")
        return re.search(r"(\d+)", version)[1]

    def _socket_folder(self) -> Path:
        folder = self.home / "socket"
        if len(f"{folder}/.s.PGSQL.{PORT}") <= SOCKET_PATH_LIMIT:
            return folder
        short = hashlib.sha1(bytes(folder)).hexdigest()[:8]
        return Path(tempfile.gettempdir(), f"lead_management-{os.geteuid()}-{short}")

    def _run(self, what, program, *arguments, **environ):
        options, env = {"cwd": "/"}, {"LC_ALL": "C.UTF-8", **environ}
        if self.account:
            options |= {
                "user": self.account.pw_uid,
                "group": self.account.pw_gid,
                "extra_groups": [],
            }
            env["HOME"] = "/"
        if not str(self.binaries).startswith("/usr/"):
            env["LD_LIBRARY_PATH"] = debian.library_path(cache("debian", "postgresql"))
        return processes.run(
            what, [self.binaries / program, *arguments], env=env, **options
        )

    def _own(self, folder: Path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def answers(self) -> bool:
        """Tell whether the server accepts connections on its socket."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{self.sockets}/.s.PGSQL.{PORT}")
            return True
        return False

    def start(self):
        """Make the cluster if there is none, and start it if it doesn't run."""
        if self.answers():
            return
        self._own(self.home)
        self._own(self.sockets)
        self._check_reachable()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._remove_stale_pid()
        with progress.Step("Starting PostgreSQL"):
            options = " ".join(
                f"-c {key}={value}" for key, value in self.options.items()
            )
            options += f" -k {self.sockets} -p {PORT}"
            command = ["-D", self.data, "-l", self.log, "-w", "-t", self.patience]
            command += ["-o", options, "start"]
            try:
                self._run("starting PostgreSQL", "pg_ctl", *command, **self.environ)
            except Problem as problem:
                tail = self.log.read_text(errors="replace").splitlines()[-8:]
                raise Problem(
                    "\n    ".join([problem.what, *tail]),
                    f"Its log is {self.log}. If nothing else helps, begin with a new, "
                    "empty server: ./dev clean --databases",
                ) from problem

    @property
    def hurried(self) -> Path:
        """Return the file that has the process for which it hurries."""
        return self.home / "hurried"

    def end_abandoned_hurry(self):
        """Take time again if the process for which it hurries was killed."""
        with contextlib.suppress(FileNotFoundError):
            if not Path("/proc", self.hurried.read_text()).exists():
                self.set_hurry(None)

    def set_hurry(self, pid: int | None):
        if pid:
            self.hurried.write_text(str(pid))
        setting = "off" if pid else "on"
        orders = [
            f"ALTER SYSTEM SET {name} = {setting}" for name in ("fsync", "autovacuum")
        ]
        orders += ["SELECT pg_reload_conf()"]
        # What was written without waiting is on the disk after it.
        orders += [] if pid else ["SELECT pg_sleep(0.5)", "CHECKPOINT"]
        self._run(
            "setting up PostgreSQL",
            "psql",
            *("-h", self.sockets, "-p", PORT, "-U", ROLE, "-d", "postgres", "-q"),
            *(argument for order in orders for argument in ("-c", order)),
        )
        if not pid:
            self.hurried.unlink(missing_ok=True)

    def _check_reachable(self):
        if not self.account:
            return
        test = subprocess.run(
            ["test", "-x", self.home],
            user=self.account.pw_uid,
            group=self.account.pw_gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
        if test.returncode:
            raise Problem(
                f"PostgreSQL must not run as root, and the user {self.account.pw_name} "
                f"can't enter {self.home}.",
                "Set LEAD_MANAGEMENT_CACHE to a folder every user may enter.",
            )

    def _create(self):
        with progress.Step("Making a private PostgreSQL server"):
            partial = self.home / "data.partial"
            shutil.rmtree(partial, ignore_errors=True)
            shutil.rmtree(self.data, ignore_errors=True)
            self._run(
                "making a PostgreSQL server",
                "initdb",
                *("-D", partial, "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8"),
                *("--auth=trust", "--no-instructions"),
            )
            partial.rename(self.data)

    def _remove_stale_pid(self):
        """Forget a server that died, even when its number is another process's now.

        PostgreSQL does this itself unless the number is in use, as it often is after
        a container was started anew.
        """
        pid_file = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(pid_file.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline")
            if not command.exists() or str(self.data) not in command.read_text():
                pid_file.unlink()

    def stop(self, mode="fast"):
        if not (self.data / "postmaster.pid").exists():
            return
        with progress.Step("Stopping PostgreSQL"):
            self._run(
                "stopping PostgreSQL", "pg_ctl", "-D", self.data, "-m", mode, "stop"
            )
