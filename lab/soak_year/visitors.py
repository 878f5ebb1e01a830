"""Those who post, all year: each number once, and again until it is taken."""

import collections
import contextlib
import itertools
import threading
import time

from lab import soak_doors
from lab.benchmarks import http_load
from tooling.errors import Problem

PAUSE = 0.3  # seconds until who got no answer tries again
# So long after a trouble, what happens is still put down to it.
AFTERMATH = 15
CALM = "in calm"
THANKS = "https://www.example.com/thanks"


class Weather:
    """What trouble there is now, for all who ask whose fault something is."""

    def __init__(self):
        self._troubles = []  # (name, when it is over, None while it goes on)

    @contextlib.contextmanager
    def trouble(self, name: str):
        """Have a trouble, and its aftermath."""
        self._troubles = [one for one in self._troubles if one[1] > time.monotonic()]
        trouble = [name, float("inf")]
        self._troubles.append(trouble)
        try:
            yield
        finally:
            trouble[1] = time.monotonic() + AFTERMATH

    def now(self) -> str:
        """Return the name of the latest trouble that may still be felt."""
        for name, end in reversed(self._troubles):
            if end > time.monotonic():
                return name
        return CALM


class Visitors:
    """Browsers, programs and services that post to two servers, and go to the other one
    where one doesn't take it."""

    KEPT = ("taken", "again", "answers")

    def __init__(self, servers, posts: int, weather: Weather):
        self.posts = posts
        self.weather = weather
        self.taken = self.again = 0
        # (what was answered, in which trouble): how often
        self.answers = collections.Counter()
        self.problem = None
        self._doors = [
            [door(server) for door in soak_doors.DOORS.values()] for server in servers
        ]
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._may_begin = threading.Event()
        self._may_begin.set()
        self._under_way = 0
        self._threads = [
            threading.Thread(target=self._visit, daemon=True)
            for _ in range(http_load.AT_ONCE)
        ]

    def start(self):
        """Begin with the first number that was not taken yet."""
        self._numbers = itertools.count(self.taken)
        for thread in self._threads:
            thread.start()

    def are_done(self) -> bool:
        """Tell whether all was taken.

        :raise Problem: an answer that no trouble explains
        """
        if self.problem:
            raise self.problem
        return self.taken >= self.posts

    def stop(self):
        """Let them go home; what is under way is not waited for."""
        self.posts = 0
        self._may_begin.set()

    @contextlib.contextmanager
    def nothing_under_way(self):
        """Let nobody be on the way: what a visitor repeats is known again for five
        minutes by the clock, which is about to be set; and of a year that is paused,
        all numbers up to one are to be taken."""
        self._may_begin.clear()
        try:
            while self._under_way and not self.problem:
                time.sleep(0.05)
            yield
        finally:
            self._may_begin.set()

    @contextlib.contextmanager
    def nobody_new(self):
        """Let nobody begin, as too much waits to be made leads."""
        self._may_begin.clear()
        try:
            yield
        finally:
            self._may_begin.set()

    def _visit(self):
        while self._begin():
            try:
                if (number := next(self._numbers)) >= self.posts:
                    return
                self._send(number)
            except Exception as error:
                self.problem = error
                return
            finally:
                with self._lock:
                    self._under_way -= 1

    def _begin(self) -> bool:
        while not self.problem:
            self._may_begin.wait()
            with self._lock:
                if self._may_begin.is_set():
                    self._under_way += 1
                    return True
        return False

    def _send(self, number):
        turn = number
        while self.posts:
            before = self.weather.now()
            doors = self._doors[turn % 2]
            door = doors[number % len(doors)]
            answer = door.send(number)
            if _is_taken(door, answer):
                with self._lock:
                    self.taken += 1
                return
            with self._lock:
                self.again += 1
                trouble = before if before != CALM else self.weather.now()
                self.answers[answer.status, trouble] += 1
            if 400 <= answer.status < 500 and answer.status != 404:
                raise Problem(f"A post got {answer.status}: {answer.body[:200]}")
            turn += 1
            time.sleep(PAUSE)


def _is_taken(door, answer) -> bool:
    """Tell whether an answer says that a post is stored. Without its database, Odoo may
    answer with a page of its own."""
    if answer.status != door.taken:
        return False
    return answer.location == THANKS or door.taken == 200
