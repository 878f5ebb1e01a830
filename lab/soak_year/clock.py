"""Clocks of programs that can be set, by libfaketime."""

import os
from pathlib import Path

from tooling import debian
from tooling.errors import Problem
from tooling.settings import cache

PACKAGE = "libfaketime"
PROGRAM = Path(__file__).parents[1] / "bin" / "odoo-with-clock"
PATTERN = "usr/lib/*/faketime/libfaketimeMT.so.1"


def library() -> Path:
    """Return the library that sets the clock of a program, unpacked or installed.

    :raise Problem: this machine can't have it
    """
    root = cache("debian", PACKAGE)
    if installed := next(Path("/").glob(PATTERN), None):
        return installed
    debian.unpack("A library for clocks", [PACKAGE], root)
    if not (unpacked := next(root.glob(PATTERN), None)):
        raise Problem(f"The package {PACKAGE} has no {Path(PATTERN).name}.")
    return unpacked


class Clock:
    """How far the clock of one program is ahead of the machine's.

    Programs look at the file once a second. What measures how long something takes
    goes on steadily, as it does when a machine's clock is set.
    """

    def __init__(self, path: Path, is_there: bool):
        self.path = path
        self.is_there = is_there
        self.ahead = 0
        if is_there:
            self.set(0)

    def set(self, ahead: int):
        """Set it so many seconds ahead of the machine's."""
        partial = self.path.with_suffix(".partial")
        partial.write_text(f"{ahead:+d}\n")
        partial.chmod(0o644)
        os.replace(partial, self.path)
        self.ahead = ahead

    @property
    def program(self) -> str | Path:
        """Return what starts Odoo with this clock."""
        return PROGRAM if self.is_there else "odoo-bin"

    def environ(self) -> dict:
        """Return the variables of a program that follows this clock."""
        if not self.is_there:
            return {}
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
