"""What a benchmark is, and how two sides are measured fairly."""

import gc
import math
import statistics
import time
from dataclasses import dataclass, field


def times(ratio: float) -> str:
    """Return a ratio as people read it: as a fraction where it is a small one."""
    return f"{ratio:.2f}×" if ratio > 0.1 else f"1/{1 / ratio:.0f}"


@dataclass
class Sample:
    """What one side needed: seconds and queries, one of each per repetition. Where it
    is that of each record of a batch, queries are no whole numbers."""

    seconds: list[float] = field(default_factory=list)
    queries: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Return the median in seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Return the seconds that 95% of the repetitions stay within."""
        ordered = sorted(self.seconds)
        return ordered[math.ceil(0.95 * len(ordered)) - 1]


@dataclass
class Result:
    """One line of the table.

    A benchmark that has no native counterpart leaves `native` out and sets the target
    for the median in seconds instead of a ratio. What somebody waits for can have one
    for the seconds that 95% stay within, too. What is measured can be something else
    than seconds: `unit` says what.
    """

    name: str
    title: str
    addon: Sample
    native: Sample | None = None
    max_ratio: float | None = None
    max_extra_queries: int | None = None
    max_seconds: float | None = None
    max_p95: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """Return how many times as long the addon takes."""
        return self.native and self.addon.median / self.native.median

    @property
    def extra_queries(self) -> float | None:
        """Return the most queries that the addon needed beyond native's, if they were
        counted."""
        if not self.native or not self.addon.queries:
            return None
        pairs = zip(self.addon.queries, self.native.queries, strict=True)
        return max(addon - native for addon, native in pairs)

    @property
    def missed(self) -> list[str]:
        """Return the targets that were missed, in words."""
        missed = []
        if self.max_ratio and self.ratio > self.max_ratio:
            missed.append(f"{times(self.ratio)} native, target {times(self.max_ratio)}")
        if self.max_extra_queries is not None and (
            self.extra_queries > self.max_extra_queries
        ):
            missed.append(
                f"{self.extra_queries:g} more queries, target {self.max_extra_queries}"
            )
        if self.max_seconds and self.addon.median > self.max_seconds:
            missed.append(f"{self.addon.median:.3f} s, target {self.max_seconds:.3f} s")
        if self.max_p95 and self.addon.p95 > self.max_p95:
            missed.append(f"p95 {self.addon.p95:.3f} s, target {self.max_p95:.3f} s")
        return missed

    def as_dict(self) -> dict:
        """Return everything that was measured, for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "native": self.native and vars(self.native),
            "addon": vars(self.addon),
            "max_ratio": self.max_ratio,
            "max_extra_queries": self.max_extra_queries,
            "max_seconds": self.max_seconds,
            "max_p95": self.max_p95,
            "unit": self.unit,
        }

    @classmethod
    def from_dict(cls, values: dict) -> "Result":
        samples = {
            side: values[side] and Sample(**values[side])
            for side in ("native", "addon")
        }
        return cls(**{**values, **samples})


class Benchmark:
    """Something that is measured. The docstring of each says what, for the table.

    `run` gets both sides and returns the lines for the table. Most benchmarks are
    comparisons; what has no native counterpart extends this class itself.
    """

    name = ""
    title = ""

    def run(self, native, addon, report) -> list[Result]:
        """Measure.

        :param native: the `Side` without the addon
        :param addon: the `Side` with it
        :param report: is told what is done, and what share of it is behind us
        """
        raise NotImplementedError


class Comparison(Benchmark):
    """The same work on both sides, in turns.

    A repetition does the work once on each side, one directly after the other; which
    side begins changes every time, so that a slow moment of the machine, or the file
    cache that the first one fills, favours neither. Each has a transaction of its own.
    """

    max_ratio: float | None = None
    max_extra_queries: int | None = None
    max_seconds: float | None = None
    login = ""  # who does it
    repetitions = 30
    warmups = 3

    def prepare(self, env, side) -> object:
        """Return what `work` needs, made once per side and not timed."""

    def work(self, env, prepared, index: int):
        """Do what is timed.

        :param env: the user's, in a new transaction
        :param index: of the repetition, so that each side can take the same record
        """
        raise NotImplementedError

    def run(self, native, addon, report) -> list[Result]:
        sides = [native, addon]
        prepared, samples = {}, {side.name: Sample() for side in sides}
        for side in sides:
            with side.transaction(self.login) as env:
                prepared[side.name] = self.prepare(env, side)
        for index in range(self.warmups):
            report("warming up", 0)
            for side in sides:
                self._repeat(side, prepared[side.name], index)
        # Two registries are in memory where a server has one. What is there by now is
        # left out of the garbage collections, which would go through both.
        gc.collect()
        gc.freeze()
        for index in range(self.repetitions):
            report(f"repetition {index + 1}", index / self.repetitions)
            for side in sides if index % 2 else reversed(sides):
                seconds, queries = self._repeat(side, prepared[side.name], index)
                samples[side.name].seconds.append(seconds)
                samples[side.name].queries.append(queries)
        gc.unfreeze()
        return [
            Result(
                name=self.name,
                title=self.title,
                native=samples[native.name],
                addon=samples[addon.name],
                max_ratio=self.max_ratio,
                max_extra_queries=self.max_extra_queries,
                max_seconds=self.max_seconds,
            )
        ]

    def _repeat(self, side, prepared, index: int) -> tuple[float, int]:
        """Do the work once; return its seconds and its queries."""
        with side.transaction(self.login) as env:
            queries = env.cr.sql_log_count
            start = time.perf_counter()
            self.work(env, prepared, index)
            return time.perf_counter() - start, env.cr.sql_log_count - queries
