"""./dev upgrade: do databases of the first release become databases of this one?"""

import io
import subprocess
import tarfile
from pathlib import Path

from . import addon, install_check, modules, progress, templates
from . import odoo as odoo_module
from .errors import Problem
from .locks import lock
from .settings import ADDON, REPO, cache
from .testing import Outcome

# The version that databases are upgraded from, and the commit it was released as
FIRST_RELEASE = ("19.0.1.0.0", "693a8f03fd26eb6c61828c812f30c3def4246169")

# Switched off by release_use.py, as an admin may: it must not come back.
SWITCHED_OFF = f"{ADDON}.parameter_require_company"


def run(_arguments) -> int:
    """Install the first release, use it, upgrade to this one, and look at what came of
    the data and of the schema."""
    outcome = Outcome()
    version, commit = FIRST_RELEASE
    odoo = odoo_module.find()
    release = odoo.with_own(_release(version, commit))
    needed = addon.read_manifest(release.own / ADDON)["depends"]
    source = templates.of_odoo(odoo, needed, demo=False)
    with odoo.databases.temporary("check", source) as name:
        title = f"Install {version}"
        modules.load(release, name, title, install=[ADDON])
        modules.run_script(release, name, f"Use {version}", "release_use.py")
        now = addon.manifest()["version"]
        outcome.count(
            [
                lambda: modules.load(odoo, name, f"Upgrade to {now}", update=[ADDON]),
                lambda: modules.run_script(
                    odoo, name, "What became of the data", "release_check.py"
                ),
                lambda: _compare_with_new(odoo, name),
            ]
        )
    return outcome.close()


def _release(version: str, commit: str) -> Path:
    """Return a folder with the addon as it was released, taken from the history."""
    folder = cache("releases", f"{version}-{commit[:10]}")
    with lock("releases"):
        if not folder.exists():
            partial = folder.with_suffix(".partial")
            partial.mkdir(exist_ok=True)
            with tarfile.open(fileobj=io.BytesIO(_archive(version, commit))) as tar:
                tar.extractall(partial, filter="data")
            partial.rename(folder)
    return folder


def _archive(version: str, commit: str) -> bytes:
    command = ["git", "-C", REPO, "archive", commit, ADDON]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise Problem(
            f"The history of this clone lacks version {version} of the addon "
            f"({commit[:10]}), so there is nothing to upgrade from.",
            "A shallow clone gets it with: git fetch --unshallow",
        )
    return result.stdout


def _compare_with_new(odoo, upgraded: str):
    """Fail where the upgraded database is built otherwise than a new one."""
    new = install_check.snapshot(odoo, templates.ours(odoo))
    old = install_check.snapshot(odoo, upgraded)
    with progress.Step("Schema and records beside those of a new database"):
        differences = install_check.differences(
            new, old, lambda kind: not kind.startswith("row of ")
        )
        wanted = install_check.own_ids(new) - {SWITCHED_OFF}
        ids = install_check.own_ids(old)
        differences += [f"- external id {key}" for key in sorted(wanted - ids)]
        differences += [f"+ external id {key}" for key in sorted(ids - wanted)]
        install_check.refuse(
            differences,
            "The upgraded database is not like a new one:",
            "+ is left over, - is missing, ~ is different. "
            f"Put it right in {ADDON}/migrations.",
        )
