"""How much memory processes take over time."""

import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import watch

EVERY = 5  # seconds
WARM_UP = 60  # seconds in which a worker reads what it keeps
LEAST = 12  # samples after that; who lived shorter tells nothing
GROWTH = 1.1  # of the last third to the first
PAGE = 4096


@dataclass
class Life:
    """One process, from its start until it was killed: megabytes, again and again."""

    kind: str
    began: float = field(default_factory=time.monotonic)
    sizes: list = field(default_factory=list)

    def growth(self) -> float | None:
        """Return how the last third compares with the first one."""
        third = len(self.sizes) // 3
        if len(self.sizes) < LEAST:
            return None
        first, last = self.sizes[:third], self.sizes[-third:]
        return statistics.median(last) / statistics.median(first)


class MemoryWatch(watch.Watch):
    """Looks at the workers of servers."""

    EVERY = EVERY
    KEPT = ("lives",)

    def __init__(self, servers):
        super().__init__(servers)
        self.lives = {}

    def look(self, server):
        for pid in _children(server.process.pid):
            self._look(pid)

    def _look(self, pid):
        try:
            size = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
            start = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
            line = Path(f"/proc/{pid}/cmdline").read_text()
        except (OSError, IndexError):
            return  # it has just ended
        kind = "gevent" if "gevent\0" in line else "worker"
        life = self.lives.setdefault((pid, start), Life(kind))
        if time.monotonic() - life.began > WARM_UP:
            life.sizes.append(size)


def _children(pid) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]
