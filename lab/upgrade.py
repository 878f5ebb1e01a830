"""./dev upgrade: do databases of earlier releases become databases of this one?"""

import io
import json
import subprocess
import tarfile
from functools import partial
from pathlib import Path

from tooling import addon, modules, progress, templates
from tooling import odoo as odoo_module
from tooling.errors import Problem
from tooling.locks import lock
from tooling.outcome import Outcome
from tooling.settings import ADDON, REPO, cache

from . import snapshots

BIN = Path(__file__).with_name("bin")

# The versions that databases are upgraded from, and the commits they were released as:
# the first one, and the last two, of which one was a single addon with all its features
# and the other the first house of addons
FIRST_RELEASE = ("19.0.1.0.0", "693a8f03fd26eb6c61828c812f30c3def4246169")
LAST_RELEASES = (
    ("19.0.1.2.0", "00debd7b2df145d19affcbfe3b3c079703b39848"),
    ("19.0.1.3.0", "8bd7b27f26b654232cfb37f3a923beea82d737c8"),
)

# Tables whose rows nobody has made: Odoo's own, but for these
OWN_TABLES = ("ir_", "web_tour_tour")
KEPT_TABLES = ("ir_config_parameter", "ir_cron")
# What is made anew of the rest of a row when its rules have changed
MADE_ANEW = {
    "account_key",
    "account_key_version",
    "account_domain",
    "account_email_domain",
}


# Switched off by release_use.py, as an admin may: it must not come back.
SWITCHED_OFF = f"{ADDON}.parameter_require_company"


def run(_arguments) -> int:
    """Upgrade databases of earlier releases, and look at what came of the data and of
    the schema."""
    outcome = Outcome()
    odoo = odoo_module.find()
    _upgrade_first(odoo, outcome)
    for version, commit in LAST_RELEASES:
        _upgrade_demo(odoo, outcome, version, commit)
    return outcome.close()


def _upgrade_first(odoo, outcome):
    """Install the first release, use it, and upgrade to this one."""
    version, commit = FIRST_RELEASE
    release = odoo.with_own(_release(version, commit))
    needed = addon.read_manifest(release.own / ADDON)["depends"]
    source = templates.of_odoo(odoo, needed, demo=False)
    source = templates.with_addons(release, source, [ADDON])
    with odoo.databases.temporary("check", source) as name:
        modules.run_script(release, name, f"Use {version}", BIN / "release_use.py")
        now = addon.manifest()["version"]
        outcome.count(
            [
                lambda: modules.load(odoo, name, f"Upgrade to {now}", update=[ADDON]),
                lambda: modules.run_script(
                    odoo, name, "What became of the data", BIN / "release_check.py"
                ),
                lambda: _compare_with_new(odoo, name, gone={SWITCHED_OFF}),
            ]
        )


def _upgrade_demo(odoo, outcome, version, commit):
    """Install a release with demo data, and upgrade to this one: not a row may be lost
    or changed."""
    release = odoo.with_own(_release(version, commit))
    names = get_house(release.own)
    manifests = [addon.read_manifest(release.own / name) for name in names]
    needed = {name for values in manifests for name in values["depends"]} - {*names}
    source = templates.of_odoo(odoo, sorted(needed), demo=True)
    source = templates.with_addons(release, source, names, demo=True)
    with odoo.databases.temporary("check", source) as name:
        load = partial(modules.load, demo=True)
        # What demo data leaves empty, and what an admin changed
        for statement in (
            "UPDATE crm_lead SET map_latitude = 43.6, map_longitude = 1.44",
            "UPDATE ir_cron SET interval_number = 7 WHERE cron_name LIKE 'CRM: %'",
        ):
            odoo.databases.query(statement, database=name)
        before = snapshots.snapshot(odoo, name)
        title = f"Upgrade {version} with demo data"
        outcome.count(
            [
                lambda: load(odoo, name, title, update=[ADDON]),
                lambda: _compare_data(before, snapshots.snapshot(odoo, name)),
                lambda: _compare_with_new(odoo, name, demo=True),
            ]
        )


def get_house(folder: Path) -> list[str]:
    """Return the main addon of a release and those that installed themselves with it,
    the lowest first."""
    asked = {}
    for path in folder.glob(f"{ADDON}_*/__manifest__.py"):
        values = addon.read_manifest(path.parent)
        wanted = values.get("auto_install") or [""]
        asked[path.parent.name] = {*(values["depends"] if wanted is True else wanted)}
    found = [ADDON]
    while ready := {name for name, wanted in asked.items() if wanted <= {*found}}:
        found += sorted(ready)
        asked = {name: asked[name] for name in asked.keys() - ready}
    return found


def _release(version: str, commit: str) -> Path:
    """Return a folder with the addons as they were released, taken from the history."""
    folder = cache("releases", f"{version}-{commit[:10]}-addons")
    with lock("releases"):
        if not folder.exists():
            partial = folder.with_suffix(".partial")
            partial.mkdir(exist_ok=True)
            with tarfile.open(fileobj=io.BytesIO(_archive(version, commit))) as tar:
                tar.extractall(partial, filter="data")
            partial.rename(folder)
    return folder


def _archive(version: str, commit: str) -> bytes:
    command = ["git", "-C", REPO, "archive", commit, f"{ADDON}*"]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise Problem(
            f"The history of this clone lacks version {version} of the addon "
            f"({commit[:10]}), so there is nothing to upgrade from.",
            "A shallow clone gets it with: git fetch --unshallow",
        )
    return result.stdout


def _compare_data(before: dict, after: dict):
    """Fail where the upgraded database has lost or changed what was in it."""

    def is_data(kind):
        table = kind.removeprefix("row of ")
        return table != kind and (
            table in KEPT_TABLES
            or not table.startswith((*OWN_TABLES, *snapshots.VOLATILE))
        )

    with progress.Step("What became of the data"):
        columns = {kind: _get_columns(rows) for kind, rows in before.items()}
        before, after = (
            {kind: _reduce(rows, columns.get(kind)) for kind, rows in found.items()}
            for found in (before, after)
        )
        found = snapshots.differences(before, after, is_data)
        snapshots.refuse(
            [line for line in found if not line.startswith("+")],
            "The upgraded database has lost data:",
            f"- is gone or changed. Put it right in {ADDON}/migrations.",
        )


def _get_columns(rows: dict) -> set[str]:
    """Return the columns of rows that an upgrade may not change."""
    try:
        return json.loads(next(iter(rows))).keys() - MADE_ANEW
    except (StopIteration, ValueError, AttributeError):
        return set()


def _reduce(rows: dict, columns: set[str] | None) -> dict:
    """Return rows with some columns only."""
    if not columns:
        return rows
    return {
        json.dumps({k: v for k, v in json.loads(row).items() if k in columns}): ""
        for row in rows
    }


def _compare_with_new(odoo, upgraded: str, demo=False, gone=()):
    """Fail where the upgraded database is built otherwise than a new one.

    :param gone: external ids of what was deleted, and must not come back
    """
    new = snapshots.snapshot(odoo, templates.ours(odoo, demo))
    old = snapshots.snapshot(odoo, upgraded)
    with progress.Step("Schema and records beside those of a new database"):
        differences = snapshots.differences(
            new, old, lambda kind: not kind.startswith("row of ")
        )
        wanted = snapshots.own_ids(new) - {*gone}
        ids = snapshots.own_ids(old)
        differences += [f"- external id {key}" for key in sorted(wanted - ids)]
        differences += [f"+ external id {key}" for key in sorted(ids - wanted)]
        snapshots.refuse(
            differences,
            "The upgraded database is not like a new one:",
            "+ is left over, - is missing, ~ is different. "
            f"Put it right in {ADDON}/migrations.",
        )
