"""The results as a table. No Odoo is needed to print it."""

import os
import re
from pathlib import Path

from .benchmark import Result, times

HEADINGS = ("", "native", "addon", "addon p95", "ratio", "queries", "more", "target")
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def headline(facts: dict) -> str:
    """Say what was measured on what.

    :param facts: `leads`, `accounts`, `odoo`, and `install`, the seconds of installing,
        None when no records were seeded
    """
    cores = os.cpu_count()
    if facts["install"] is None:
        return f"Odoo {facts['odoo']}, {cores} cores."
    return (
        f"{facts['leads']:,} leads, {facts['accounts']:,} accounts, "
        f"Odoo {facts['odoo']}, {cores} cores. "
        f"Installing the addon on them took {facts['install']:.0f} s."
    )


def rows(results: list[Result]) -> list[tuple[str, ...]]:
    """Return the cells of the table, without its headings."""
    return [
        (
            result.title,
            _amount(result)(result.native.median) if result.native else "",
            _with_target(result.addon.median, _amount(result), result.max_seconds),
            _with_target(_p95(result), _amount(result), result.max_p95),
            _with_target(result.ratio, times, result.max_ratio),
            _queries(result),
            _with_target(result.extra_queries, "{:+g}", result.max_extra_queries),
            "missed" if result.missed else "met",
        )
        for result in results
    ]


def text(results: list[Result], facts: dict) -> str:
    """Return the table for a terminal."""
    table = [HEADINGS, *rows(results)]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    return "\n".join([headline(facts), "", *lines])


def markdown(results: list[Result], facts: dict) -> str:
    """Return the table for a document."""
    table = [HEADINGS, (":--", *["--:"] * (len(HEADINGS) - 1)), *rows(results)]
    lines = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([headline(facts), "", *lines])


def write_markdown(path: Path, table: str):
    """Write the table to a file, or into it where it has the markers."""
    old = path.read_text() if path.exists() else ""
    new = f"{BEGIN}\n{table}\n{END}"
    if BEGIN in old and END in old:
        pattern = f"{re.escape(BEGIN)}.*?{re.escape(END)}"
        path.write_text(re.sub(pattern, lambda _: new, old, count=1, flags=re.DOTALL))
    else:
        path.write_text(f"{new}\n")


def _amount(result: Result):
    """Return the function that writes what was measured with its unit."""
    return _time if result.unit == "s" else f"{{:.1f}} {result.unit}".format


def _p95(result: Result) -> float | None:
    return result.addon.p95 if len(result.addon.seconds) > 1 else None


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _with_target(value, form, target) -> str:
    """Return a value and in brackets what it may be at most, if there is a target."""
    form = form.format if isinstance(form, str) else form
    if value is None:
        return ""
    return form(value) if target is None else f"{form(value)} (≤ {form(target)})"


def _queries(result: Result) -> str:
    """Return the queries of native and addon, the median of each."""
    samples = [sample for sample in (result.native, result.addon) if sample]
    medians = [sorted(s.queries)[len(s.queries) // 2] for s in samples if s.queries]
    return " → ".join(f"{median:g}" for median in medians)
