"""Get Debian packages without installing them.

The packages are downloaded by apt, with sources, lists and state of its own, so that
nothing of the machine changes and no root is needed; apt checks the signatures against
Debian's archive keyring. Then they are unpacked side by side into a folder.
"""

import os
import re
import shutil
from pathlib import Path

from . import processes, progress
from .errors import Problem
from .locks import lock
from .settings import cache

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MIRROR_SETTING = "LEAD_MANAGEMENT_MIRROR"
ELSEWHERE = "Set ODOO_PATH to an Odoo 19 you already have"


def release() -> dict:
    """Return what the machine says about its system (ID, VERSION_CODENAME …)."""
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return {}
    return dict(re.findall(r'^(\w+)="?([^"\n]*)', text, re.MULTILINE))


class Apt:
    """An apt of our own for one Debian suite ("sid", or the machine's own)."""

    def __init__(self, suite: str | None = None):
        self.codename = release().get("VERSION_CODENAME") or "sid"
        self.suite = suite or self.codename
        self.home = cache("apt", self.suite)

    # -- sources ---------------------------------------------------------------

    def _machine_sources(self) -> list[tuple[str, str]]:
        """Return (address, suite) of the Debian sources the machine's apt uses."""
        command = ["apt-get", "indextargets", "Created-By: Packages", "--format"]
        command.append("$(REPO_URI) $(RELEASE) $(COMPONENT)")
        targets = processes.run("asking apt for its sources", command)
        pattern = rf"^(\S+) ({re.escape(self.codename)}\S*) main$"
        return sorted(set(re.findall(pattern, targets, re.MULTILINE)))

    def sources(self) -> list[tuple[str, str]]:
        if mirror := os.environ.get(MIRROR_SETTING):
            return [(mirror, self.suite)]
        is_debian = release().get("ID") == "debian"
        machine = self._machine_sources() if is_debian else []
        base = [uri for uri, suite in machine if suite == self.codename]
        if not base:
            raise Problem(
                f"apt has no source for Debian {self.codename} on this machine."
                if is_debian
                else "This machine's system is not Debian, and Odoo comes from Debian.",
                f"{ELSEWHERE}, or {MIRROR_SETTING} to the address of a Debian mirror.",
            )
        return machine if self.suite == self.codename else [(base[0], self.suite)]

    def _prepare(self):
        if not KEYRING.exists():
            raise Problem(
                "Debian's signing keys are not on this machine.",
                f"{ELSEWHERE}, or as root: apt-get install -y debian-archive-keyring",
            )
        for folder in ("lists/partial", "archives/partial", "state"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        lines = [f"deb [signed-by={KEYRING}] {u} {s} main\n" for u, s in self.sources()]
        (self.home / "sources.list").write_text("".join(lines))

    def _apt(self, what, *arguments, **options) -> str:
        # The machine's own apt.conf stays in force: it may hold its proxy.
        settings = {
            "Dir::Etc::SourceList": self.home / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State": self.home / "state",
            "Dir::State::Lists": self.home / "lists",
            "Dir::State::Status": "/var/lib/dpkg/status",
            "Dir::Cache": self.home,
            "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
            "APT::Install-Recommends": "false",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Acquire::AllowInsecureRepositories": "false",
            "Debug::NoLocking": "true",  # we hold a lock of our own
        }
        command = ["apt-get", "-q", "-y"]
        for key, value in settings.items():
            command += ["-o", f"{key}={value}"]
        return processes.run(
            what, [*command, *arguments], env={"LC_ALL": "C.UTF-8"}, **options
        )

    # -- downloading -----------------------------------------------------------

    def download(self, step, name, packages, with_dependencies=False) -> list[Path]:
        """Download packages, checked by apt, and return the files.

        :param name: of the folder that keeps them until they are unpacked
        :param with_dependencies: also get what they need and the machine lacks
        """
        what = f"downloading {packages[0]}"
        self._prepare()
        step.update("reading the package lists")
        output = self._apt("reading Debian's package lists", "update")
        if re.search(r"^(W|E): ", output, re.MULTILINE):
            raise processes.explain("reading Debian's package lists", output)
        verb = ("install", "--download-only") if with_dependencies else ("download",)
        # "'address' file size checksum" for each file
        listed = self._apt(what, *verb, "--print-uris", *packages)
        wanted = re.findall(r"^'[^']+' (\S+) \d+ ", listed, re.MULTILINE)
        if not wanted:
            raise Problem(f"Debian {self.suite} has no {packages[0]}.", ELSEWHERE)
        archives = self.home / "archives" / name
        (archives / "partial").mkdir(parents=True, exist_ok=True)
        for file in archives.glob("*.deb"):
            if file.name not in wanted:  # of an earlier version
                file.unlink()

        def show(line):
            # "Get:3 address suite/main architecture name architecture version [size]"
            if found := re.match(r"Get:(\d+) \S+ \S+ \S+ (\S+) .*(\[.*\])$", line):
                fraction = int(found[1]) / len(wanted)
                step.update(f"downloading {found[2]} {found[3]}", fraction)

        # What is there in part is continued, and all of it checked.
        self._apt(
            what,
            *("-o", f"Dir::Cache::Archives={archives}"),
            *(*verb, *packages),
            cwd=archives,
            on_line=show,
        )
        return [archives / file for file in wanted]


def unpack(title: str, packages, target: Path, suite=None, with_dependencies=False):
    """Download packages and unpack them into `target`, unless that is there already.

    What is unpacked gets its name only when it is complete, so that an interrupted
    run leaves nothing half-made behind; the downloads are removed after it.
    """
    with lock(f"apt-{suite or 'own'}"):
        if target.exists():
            return
        with progress.Step(title) as step:
            apt = Apt(suite)
            files = apt.download(step, target.name, packages, with_dependencies)
            partial = target.with_name(target.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            for number, file in enumerate(files):
                fraction = number / len(files) if number else None
                step.update(f"unpacking {file.name.split('_')[0]}", fraction)
                processes.run(
                    f"unpacking {file.name}", ["dpkg-deb", "-x", file, partial]
                )
            names = "".join(f"{file.name}\n" for file in files)
            (partial / "packages.txt").write_text(names)
            partial.rename(target)
            shutil.rmtree(files[0].parent)


def library_path(root: Path) -> str:
    """Return LD_LIBRARY_PATH for programs unpacked into `root`."""
    folders = [*root.glob("usr/lib/*-linux-*"), *root.glob("lib/*-linux-*")]
    folders += root.glob("usr/lib/*-linux-*/pulseaudio")  # Chromium's private ones
    return ":".join(str(folder) for folder in folders if folder.is_dir())
