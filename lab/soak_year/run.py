"""Two servers through a year's troubles, and what is left after them."""

import time
from contextlib import ExitStack

from lab import load_server
from tooling import odoo as odoo_module
from tooling import progress, templates
from tooling.errors import Problem
from tooling.locks import lock
from tooling.outcome import Outcome

from . import memory, pause
from .judge import Judge
from .logs import LogWatch
from .machine import DATABASE, Machine
from .troubles import Troubles, count_days, plan
from .visitors import Visitors, Weather

BACKLOG = 3_000  # submissions that may wait to be made leads before visitors pause
PATIENCE = 3_600
# Of what is posted in a day, so much becomes leads; the rest waits.
ROOM = 0.95
NEVER = 10**9  # seconds: a clock that is set isn't a worker that hangs
OPTIONS = (
    *("--log-level", "warn"),
    *("--limit-time-real", NEVER, "--limit-time-real-cron", NEVER),
)


def run(posts, kills, restarts, full, jumps, minutes=None) -> int:
    """Do it all, and close with `N passed, N failed`.

    :param minutes: after which it is paused
    """
    if pause.is_there():
        raise Problem(
            "A year is paused, and would be lost.",
            "Let it end: ./dev lab soak year --go-on",
        )
    source = odoo_module.find()
    with lock("soak-year"), ExitStack() as after:
        machine = Machine(source, after, posts, has_clocks=bool(jumps))
        machine.make(templates.ours(source))
        full = full if machine.disk.is_one else 0
        jumps = jumps if machine.has_clocks else 0
        machine.set_limit(max(int(posts * ROOM / count_days(jumps)), 1))
        events = plan(posts, kill=kills, restart=restarts, full=full, jump=jumps)
        return Year(machine, posts, events).live(minutes)


def go_on(minutes=None) -> int:
    """Go on with a year that is paused."""
    source = odoo_module.find()
    with lock("soak-year"), ExitStack() as after:
        things, told = pause.read()
        machine = Machine(source, after, told["posts"], has_clocks=any(told["ahead"]))
        machine.take_up(told["ahead"])
        year = Year(machine, told["posts"], told["events"], told["seconds"])
        return year.live(minutes, things)


class Year:
    """What happens on a machine: two servers, those who post, and the troubles.

    :param events: what is to happen yet
    :param seconds: that visitors have posted before
    """

    def __init__(self, machine, posts, events, seconds=0.0):
        self.machine, self.posts, self.events = machine, posts, events
        self.seconds = seconds
        self.query = machine.query
        self.servers = [
            load_server.LoadServer(
                machine.odoo.with_environ(**own.environ()),
                DATABASE,
                *OPTIONS,
                program=own.program,
            )
            for own in machine.clocks[:2]
        ]
        weather = Weather()
        self.visitors = Visitors(self.servers, posts, weather)
        self.memory = memory.MemoryWatch(self.servers)
        self.logs = LogWatch(self.servers, weather)
        self.troubles = Troubles(self.servers, machine, self.visitors)

    @property
    def _things(self):
        """Return what is kept when the year is paused."""
        return [self.visitors, self.memory, self.logs, self.troubles]

    def live(self, minutes=None, things=None) -> int:
        """Post, with what happens meanwhile, and judge what is there afterwards.

        :param minutes: after which it is paused
        :param things: what was kept when it was
        """
        if things:
            pause.give_back(self._things, things)
        for server in self.servers:
            self.machine.after.callback(server.kill_if_running)
        with progress.Step("Starting two servers"):
            for server in self.servers:
                server.start()
        for watch in (self.memory, self.logs):
            self.machine.after.callback(watch.stop)
            watch.start()
        pause.forget()  # what follows isn't known to it
        start = time.monotonic()
        try:
            is_over = self._post(minutes)
            self.seconds += time.monotonic() - start
            if not is_over:
                return self._pause()
        finally:
            self.visitors.stop()
        self._make_leads()
        self._end()
        return self._judge()

    def _post(self, minutes) -> bool:
        """Let visitors post; return whether all was posted."""
        visitors = self.visitors
        visitors.start()
        end = time.monotonic() + minutes * 60 if minutes else float("inf")
        next_look = 0
        with progress.Step(f"Posting {self.posts:,} times") as step:
            while not visitors.are_done():
                step.update(f"{visitors.taken:,} taken", visitors.taken / self.posts)
                if time.monotonic() > end:
                    return False
                if self.events and visitors.taken >= self.events[0].at:
                    self.troubles.make(self.events.pop(0).kind)
                if time.monotonic() > next_look:
                    self.troubles.revive()
                    self._wait_if_full(step)
                    next_look = time.monotonic() + 2
                time.sleep(0.05)
        return True

    def _wait_if_full(self, step):
        """Let visitors wait while too much is to be made leads."""
        if self._count_new() < BACKLOG:
            return
        visitors, deadline = self.visitors, time.monotonic() + PATIENCE
        with visitors.nobody_new():
            while (left := self._count_new()) > BACKLOG / 2:
                if time.monotonic() > deadline:
                    raise Problem(f"{left} submissions are still no leads.")
                part = visitors.taken / self.posts
                step.update(
                    f"{visitors.taken:,} taken, {left:,} to be made leads", part
                )
                time.sleep(1)

    def _count_new(self) -> int:
        sql = "SELECT COUNT(*) FROM crm_lead_capture_submission WHERE state = 'new'"
        return self.query(sql)[0][0]

    def _pause(self) -> int:
        """End the servers, and keep what is known by now."""
        with self.visitors.nothing_under_way():
            self._end()
            pause.keep(
                self._things,
                posts=self.posts,
                events=self.events,
                seconds=self.seconds,
                ahead=[own.ahead for own in self.machine.clocks],
            )
            self.visitors.stop()
        print(
            f"{self.visitors.taken:,} of {self.posts:,} posts taken by now, in"
            f" {self.seconds:,.0f} s. {self.troubles.done}\n"
            "The others are posted by ./dev lab soak year --go-on"
        )
        return 0

    def _make_leads(self):
        """Let all become leads that may."""
        start = time.monotonic()
        self.troubles.end()
        with progress.Step("Making leads") as step:
            load_server.wait_for_leads(self.servers[0], PATIENCE, step.update)
        seconds = time.monotonic() - start
        print(
            f"{self.posts:,} posts taken in {self.seconds:,.0f} s, the last lead"
            f" {seconds:.0f} s later: {self.posts / (self.seconds + seconds):.0f} a"
            f" second. {self.troubles.done}"
        )

    def _end(self):
        for one in (*self.servers, self.memory, self.logs):
            one.stop()

    def _judge(self) -> int:
        visitors, troubles = self.visitors, self.troubles
        outcome = Outcome()
        judge = Judge(self.query, outcome)
        judge.each_once(self.posts)
        judge.limits(self.machine.read_limit())
        judge.files(self.posts, self.machine.filestore)
        judge.answers(visitors)
        judge.check(
            not troubles.ended_in_calm,
            f"Servers that had ended, started again: {troubles.ended}; in calm:"
            f" {troubles.ended_in_calm}",
        )
        if told := troubles.refused_when_full:
            judge.check(all(told), f"Refused while the disk was full: {told}")
        judge.logs(self.logs)
        judge.memory(self.memory)
        judge.bloat()
        return outcome.close()
