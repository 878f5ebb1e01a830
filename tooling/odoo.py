"""Find Odoo 19 and start it."""

import os
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from . import debian, postgres, processes, pythonenv
from .database import Databases
from .errors import Problem
from .settings import REPO, TOOLING, cache, clone_id

SERIES = "19.0"
PACKAGES = (
    "odoo-19",
    # Its web client links to the files of these; without jquery no page opens.
    *("libjs-jquery", "libjs-underscore", "libjs-jquery-form"),
    *("fonts-font-awesome", "fonts-roboto-unhinted"),
)
# The package leaves this library out, as its licence file is missing, while the web
# client's bundle names it. It blurs the background of video calls; an empty file is
# enough for everything else.
MISSING = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
PLACEHOLDER = "/* Background blur of video calls: left out of the Debian package. */\n"


@dataclass(frozen=True)
class Odoo:
    """An Odoo that can be started: its code, its Python, its database server."""

    path: Path  # the folder that holds the package `odoo`
    version: str
    python: Path
    databases: Databases
    programs: Path | None = None  # a folder put on its PATH
    own: Path = REPO  # the folder with our addons
    more_addons: Path | None = None  # a folder with addons of others
    data: Path | None = None  # a folder of its own for files
    more_environ: tuple[tuple[str, str], ...] = ()

    def with_program(self, folder: Path | None) -> "Odoo":
        """Return the same Odoo, with the programs in `folder` at hand."""
        return replace(self, programs=folder)

    def with_addons(self, folder: Path) -> "Odoo":
        """Return the same Odoo, which finds the addons in `folder` too."""
        return replace(self, more_addons=folder)

    def with_own(self, folder: Path) -> "Odoo":
        """Return the same Odoo, which finds our addons in `folder`."""
        return replace(self, own=folder)

    def elsewhere(self, databases: Databases, data: Path) -> "Odoo":
        """Return the same Odoo on another database server, with its files in `data`."""
        return replace(self, databases=databases, data=data)

    def with_environ(self, **values: str) -> "Odoo":
        """Return the same Odoo, started with more variables."""
        return replace(self, more_environ=tuple(values.items()))

    @property
    def addons_path(self) -> list[Path]:
        """Return the folders with addons: Odoo's, ours, and those of others."""
        folders = [self.path / "odoo" / "addons", self.path / "addons", self.own]
        folders += [self.more_addons] if self.more_addons else []
        return [folder for folder in folders if folder.is_dir()]

    def _shared(self) -> "Odoo":
        """Return what the configuration describes: it is the same for every start, as
        several can go on at once; what a start has of its own is on its command line.
        """
        return replace(self, own=REPO, more_addons=None)

    def config_file(self) -> Path:
        """Write the configuration that every start of Odoo from this clone shares."""
        server = self.databases.server
        options = {
            "addons_path": ",".join(map(str, self._shared().addons_path)),
            "data_dir": self.data or cache("odoo-data"),
            "db_host": server.host,
            "db_port": server.port,
            "db_user": server.user,
            # A development server with well-known logins is nobody else's business.
            "http_interface": "127.0.0.1",
            "proxy_mode": False,
            "list_db": False,
            "admin_passwd": os.urandom(16).hex(),
        }
        if server.password:
            options["db_password"] = server.password
        lines = "".join(f"{key} = {value}\n" for key, value in options.items())
        elsewhere = f"-{self.data.parent.name}" if self.data else ""
        path = cache("conf", f"odoo-{clone_id()}{elsewhere}.conf")
        partial = path.with_suffix(f".{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(f"[options]\n{lines}")
        partial.rename(path)
        return path

    def command(
        self, *arguments, database: str, subcommand=("server",), program="odoo-bin"
    ) -> list[str]:
        """Return the command line of Odoo on one database."""
        command = [
            *(self.python, TOOLING / "bin" / program, *subcommand),
            *("--config", self.config_file(), "--database", database),
        ]
        if self.addons_path != self._shared().addons_path:
            command += ["--addons-path", ",".join(map(str, self.addons_path))]
        command += arguments
        return [str(part) for part in command]

    def environ(self) -> dict:
        """Return the variables Odoo starts with."""
        environ = pythonenv.clean_environ()
        if self.programs:
            environ["PATH"] = f"{self.programs}:{environ.get('PATH', os.defpath)}"
        return {
            **environ,
            "PYTHONPATH": str(self.path),
            "PYTHONUNBUFFERED": "1",
            # Byte code of Odoo is worth keeping: it halves the start.
            "PYTHONDONTWRITEBYTECODE": "",
            **dict(self.more_environ),
        }

    def start(self, command: list[str], **options) -> subprocess.Popen:
        """Start a `command` as a session of its own, so that Ctrl-C is ours to pass."""
        return subprocess.Popen(
            command,
            env=self.environ(),
            cwd=cache("."),
            start_new_session=True,
            **options,
        )


def find() -> Odoo:
    """Return Odoo with all it needs, got and made where missing."""
    # What can be wrong with the settings comes before what takes long.
    path = own_path()
    server = postgres.server()
    path = path or unpacked()
    python = pythonenv.environment("odoo")
    return Odoo(path, _version(path), python, Databases(server, python))


def own_path() -> Path | None:
    if not (setting := os.environ.get("ODOO_PATH")):
        return None
    path = Path(setting).expanduser().absolute()
    # a checkout, or the folder Debian installs to (usr/lib/python3/dist-packages)
    for candidate in (path, path / "usr/lib/python3/dist-packages", path.parent):
        if (candidate / "odoo" / "release.py").exists():
            break
    else:
        raise Problem(
            f"ODOO_PATH names {path}, and there is no Odoo in it.",
            "Name the folder that holds odoo/release.py.",
        )
    if not _version(candidate).startswith(SERIES):
        raise Problem(
            f"ODOO_PATH names Odoo {_version(candidate)}, and {SERIES} is needed.",
            f"Check out Odoo's branch {SERIES}, or unset ODOO_PATH to download it.",
        )
    missing = candidate / "odoo/addons" / MISSING
    if missing.parents[3].exists() and not missing.exists():
        raise Problem(
            f"{candidate} lacks {MISSING}, as Debian's package does, and no page of "
            "the web client is right without it.",
            "An empty file will do. As the owner of that folder:\n"
            f"mkdir -p {missing.parent} && touch {missing}",
        )
    return candidate


def _version(path: Path) -> str:
    text = (path / "odoo" / "release.py").read_text()
    found = re.search(r"version_info = \(\s*'?([\w~]+)'?, (\d+), (\d+)", text)
    return ".".join(found.groups()) if found else "unknown"


def unpacked() -> Path:
    """Return the unpacked Debian package, downloaded at the first start."""
    if not (root := cache("debian", "odoo-19")).exists():
        processes.need_space(cache("."), 3_000_000_000)
        debian.unpack("Odoo 19", list(PACKAGES), root, suite="sid")
    path = root / "usr/lib/python3/dist-packages"
    missing = path / "odoo/addons" / MISSING
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.write_text(PLACEHOLDER)
    return path
