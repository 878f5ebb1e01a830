"""A year in several sittings: what is known of it between them."""

import os
import pickle

from tooling.errors import Problem
from tooling.settings import cache


def _file():
    return cache("soak-year", "paused")


def is_there() -> bool:
    """Tell whether a year is paused."""
    return _file().exists()


def keep(things, **told):
    """Keep what is told, and of each thing the attributes that are named in `KEPT`."""
    kept = [{name: getattr(thing, name) for name in thing.KEPT} for thing in things]
    partial = _file().with_suffix(".partial")
    partial.write_bytes(pickle.dumps((kept, told)))
    os.replace(partial, _file())


def read():
    """Return what was kept of each thing, and what was told.

    :raise Problem: no year is paused
    """
    if not is_there():
        raise Problem(
            "No year is paused.", "Begin one: ./dev lab soak year --minutes 60"
        )
    return pickle.loads(_file().read_bytes())


def forget():
    """Forget it, if there is one: it goes on, and is another one at once."""
    _file().unlink(missing_ok=True)


def give_back(things, kept):
    """Give things what was kept of them, in the same order."""
    for thing, values in zip(things, kept, strict=True):
        for name, value in values.items():
            setattr(thing, name, value)
