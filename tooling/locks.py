"""Keep two runs from making the same thing at once."""

import contextlib
import fcntl
import os

from . import progress
from .settings import cache


@contextlib.contextmanager
def lock(name: str):
    """Hold the cache's lock called `name`, waiting for whoever has it.

    The kernel drops the lock with the process, so it can never be stale.
    """
    with open(cache("locks", name), "a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            holder = handle.read().strip() or "?"
            progress.note(
                f"Waiting for another ./dev (process {holder}) to finish {name} …"
            )
            fcntl.flock(handle, fcntl.LOCK_EX)
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
