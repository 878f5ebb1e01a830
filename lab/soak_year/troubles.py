"""What happens to the servers while visitors post, and when."""

import itertools
import time
from typing import NamedTuple

from tooling import progress

from .visitors import CALM

HOUR = 3600
DAY = 24 * HOUR
APART = 240  # seconds that one server's clock may be ahead of the others'
# In this order the clocks are set; a night or two more than days are taken back
JUMPS = ("night", "apart", "night", "back")
FULL_FOR = 15  # seconds
FULL_AT_MOST = 120  # if nobody notices


class Event(NamedTuple):
    at: int  # so many posts are taken
    kind: str


def plan(posts: int, **often: int) -> list[Event]:
    """Return what happens when, each kind spread over all posts.

    :param often: how often, by kind
    """
    events = [
        Event(posts * (number + 1) // (count + 1), kind)
        for kind, count in often.items()
        for number in range(count)
    ]
    return sorted(events, key=lambda event: event.at)


def count_days(jumps: int) -> int:
    """Return how many days there are, by the clocks, with so many jumps."""
    kinds = [kind for kind, _ in zip(itertools.cycle(JUMPS), range(jumps))]
    return 1 + kinds.count("night") - kinds.count("back")


class Troubles:
    """Makes trouble for two servers, their database and its disk."""

    KEPT = ("done", "ended", "ended_in_calm", "refused_when_full")

    def __init__(self, servers, machine, visitors):
        self.servers, self.visitors = servers, visitors
        self.cluster, self.disk = machine.cluster, machine.disk
        self.clocks = machine.clocks
        self.weather = visitors.weather
        self.done = dict.fromkeys(("kill", "restart", "crash", "full", "jump"), 0)
        self.ended = 0  # servers that were started again, as they had ended
        self.ended_in_calm = 0
        self.refused_when_full = []
        self._turns = itertools.cycle(servers)

    def make(self, kind: str):
        """Make one of the planned troubles, and wait until it is over."""
        getattr(self, f"_{kind}")()
        self.revive()

    def revive(self):
        """Start servers that have ended, as a service manager does: Odoo ends when it
        needs a new worker and can't reach the database."""
        for server in self.servers:
            if server.process.poll() is None:
                continue
            self.ended += 1
            self.ended_in_calm += self.weather.now() == CALM
            with self.weather.trouble("a server had ended"):
                server.kill()  # its workers
                server.start()

    def end(self):
        """Let all be well again, for what is still to be done."""
        self.disk.make_room()
        if self.clocks[0].is_there:
            self._set_clocks(self.clocks[-1].ahead)

    def _kill(self):
        """Kill a server with all its workers, and start it again."""
        server = next(self._turns)
        with self.weather.trouble("a server was killed"):
            server.kill()
            server.start()
        self.done["kill"] += 1

    def _restart(self):
        """Restart PostgreSQL, in order and by a crash in turn."""
        is_crash = self.done["restart"] > self.done["crash"]
        with self.weather.trouble("PostgreSQL was restarted"):
            if is_crash:
                self.cluster.crash()
            else:
                self.cluster.stop()
            time.sleep(1)
            self.cluster.start()
        self.done["crash" if is_crash else "restart"] += 1

    def _full(self):
        """Fill the disk until visitors are told, and give the room back."""
        weather, answers = self.weather, self.visitors.answers
        name = "the disk was full"
        told = _count(answers, name)
        with weather.trouble(name), progress.Step("The disk is full") as step:
            self.disk.fill()
            while step.seconds < FULL_FOR or (
                _count(answers, name) == told and step.seconds < FULL_AT_MOST
            ):
                time.sleep(0.5)
            self.disk.make_room()
            if not self.cluster.answers():
                # It may have had no room to write its log.
                self.cluster.start()
        self.refused_when_full.append(_count(answers, name) - told)
        self.done["full"] += 1

    def _jump(self):
        """Set the clocks as the next of `JUMPS` says."""
        kind, now = JUMPS[self.done["jump"] % len(JUMPS)], self.clocks[-1].ahead
        with self.visitors.nothing_under_way(), self.weather.trouble("clocks were set"):
            if kind == "night":
                self._set_clocks(now + DAY)
            elif kind == "apart":
                self._set_clocks(now)
                self.clocks[0].set(now + APART)
            else:
                # As after a power cut: who was at work has gone, and the day as well.
                server = next(self._turns)
                server.kill()
                self._set_clocks(now - DAY)
                server.start()
                self.done["kill"] += 1
            time.sleep(1.5)  # programs look once a second
        self.done["jump"] += 1

    def _set_clocks(self, ahead):
        for clock in self.clocks:
            clock.set(ahead)


def _count(answers, trouble) -> int:
    return sum(often for (_status, when), often in answers.items() if when == trouble)
