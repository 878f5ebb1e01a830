"""Databases that are made once and copied by everybody who needs one like them.

Odoo's modules never change while Odoo doesn't, and installing them is most of the time
that a fresh database takes. Our addons are put into a copy of such a database once for
each state of their files.
"""

import hashlib
import time
from pathlib import Path

from . import addon, modules
from .database import PREFIX
from .locks import lock
from .odoo import Odoo
from .settings import REPO

FORMAT = 3  # to be raised when they are made in another way
COMPILE = "compile_assets.py"
# Those with addons of ours that are kept, and the days they are
KEPT, DAYS = 80, 3


def of_odoo(odoo: Odoo, names: list[str], demo: bool, script: Path | None = None):
    """Return a database with modules of Odoo, and none of our addons.

    :param script: run in Odoo's shell on a copy of the database without it
    """
    facts = [FORMAT, odoo.version, str(odoo.path), demo, *sorted(names)]
    facts.append((odoo.path / "odoo" / "release.py").stat().st_mtime_ns)
    facts += [script.read_text()] if script else []

    def make(name):
        if script:
            odoo.databases.create(name, of_odoo(odoo, names, demo))
            modules.run_script(odoo, name, f"Preparing it with {script.name}", script)
            return
        odoo.databases.create(name)
        what = ", ".join(sorted(names)) if len(names) < 10 else f"{len(names)} apps"
        title = f"Preparing a database with {what}"
        modules.load(odoo, name, title, install=sorted(names), demo=demo)
        if not demo:  # for tests
            _compile(odoo, name)

    return _get(odoo, "template", facts, make)


def with_addons(
    odoo: Odoo,
    source: str,
    names: list[str],
    demo=False,
    compiled=False,
    chained=False,
    as_is=False,
) -> str:
    """Return a database like `source` in which addons are installed as well, ours or
    others that the Odoo finds, and none that would install itself with them.

    :param compiled: with the style sheets and scripts of all pages, for browsers
    :param chained: where each stands on the one before, so that others may, too: by way
        of the database without the last one
    :param as_is: rather the last one that there is, though files have changed since
    """
    kind = [FORMAT, source, demo, compiled, chained, *names]
    here = _digest([REPO, *kind])
    if as_is and (last := _last(odoo.databases, here)):
        return last
    content = addon.content_hash(*(folder(odoo, name) for name in names))

    def make(name):
        _drop_old(odoo.databases)
        if compiled:
            odoo.databases.create(name, with_addons(odoo, source, names, demo))
            _compile(odoo, name)
        else:
            base, new = source, names
            *lower, top = names
            if chained and lower and addon.needed(lower) == addon.needed(names):
                base = with_addons(odoo, source, lower, demo, chained=True)
                new = [top]
            odoo.databases.create(name, base)
            title = f"Installing {', '.join(new)}"
            modules.load(odoo, name, title, install=new, demo=demo, alone=True)

    return _get(odoo, "installed", [*kind, content], make, kind=here)


def ours(odoo: Odoo, demo=False) -> str:
    """Return a database with the main addon, those that install themselves with it, and
    what they stand on."""
    house = addon.house()
    return with_addons(odoo, of_odoo(odoo, addon.needed(house), demo), house, demo)


def folder(odoo: Odoo, name: str) -> Path:
    """Return the folder of a module: ours, one found elsewhere, or Odoo's own."""
    places = [odoo.own, odoo.more_addons, odoo.path / "odoo" / "addons"]
    return next(place / name for place in places if place and (place / name).exists())


def _compile(odoo, name):
    modules.run_script(odoo, name, "Compiling style sheets and scripts", COMPILE)


def _digest(facts) -> str:
    return hashlib.sha1(repr(facts).encode()).hexdigest()[:10]


def _get(odoo, purpose, facts, make, **described):
    """Return the database that is like `facts`, made when there is none."""
    name = f"{PREFIX}_{purpose}_{_digest(facts)}"
    databases = odoo.databases
    with lock(name):
        if not databases.exists(name):
            partial = f"{name}_partial"
            databases.drop(partial)
            make(partial)
            databases.describe(partial, made=time.time(), **described)
            databases.rename(partial, name)
    return name


def _installed(databases) -> dict[str, dict]:
    """Return what is described of the databases with addons, the newest first."""
    found = {
        name: facts
        for name, facts in databases.named("installed").items()
        if not name.endswith("_partial")
    }
    newest = sorted(found, key=lambda name: found[name].get("made", 0), reverse=True)
    return {name: found[name] for name in newest}


def _last(databases, kind):
    for name, facts in _installed(databases).items():
        if facts.get("kind") == kind:
            return name
    return None


def _drop_old(databases):
    """Drop the databases of files as they were long ago."""
    oldest = time.time() - DAYS * 86400
    for number, (name, facts) in enumerate(_installed(databases).items()):
        if number >= KEPT or facts.get("made", 0) < oldest:
            databases.drop(name)
