"""A disk that may be filled up: a file system in a file, which takes no more of the
machine's disk than what is written to it."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from tooling import processes, progress
from tooling.errors import Problem
from tooling.settings import cache

PROGRAMS = ("mke2fs", "mount", "umount")


class Disk:
    """A folder that is a disk of its own, if this machine lets us have one.

    :param folder: where it is, or what takes its place
    :param int size: of the disk, in bytes
    """

    def __init__(self, folder: Path, size: int):
        self.folder = folder
        self.size = size
        self.image = cache("postgres", f"{folder.name}.img")
        self._filler = folder / "filler"
        self.why_not = ""  # reason why it is no disk

    def make(self):
        """Make it anew, empty."""
        self.remove()
        self.folder.mkdir(parents=True)
        self.why_not = self._find_hindrance()
        if self.why_not:
            return
        try:
            with self.image.open("wb") as image:
                image.truncate(self.size)
            # No journal and nothing kept for root: full is to be full, and at once.
            self._run("mke2fs", "-q", "-t", "ext4", "-m", 0, "-O", "^has_journal")
            self.mount()
        except Problem as problem:
            self.why_not = problem.what
            self.image.unlink(missing_ok=True)

    def mount(self):
        """Mount it with what is on it, if it is no mere folder."""
        if self.image.exists():
            self._run("mount", "-o", "loop,noatime", more=[self.folder])

    def unmount(self):
        """Let it be, with what is on it."""
        if os.path.ismount(self.folder):
            processes.run("leaving a disk", ["umount", self.folder])

    @property
    def is_one(self) -> bool:
        """Tell whether it is a disk, and can be full."""
        return not self.why_not

    def _find_hindrance(self) -> str:
        if os.geteuid():
            return "only root may mount a disk"
        missing = [name for name in PROGRAMS if not shutil.which(name)]
        return f"there is no program {missing[0]}" if missing else ""

    def _run(self, program, *options, more=()):
        command = [program, *options, self.image, *more]
        processes.run("making a disk", command)

    def fill(self):
        """Take all room that is left on it. What is taken isn't written."""
        with self._filler.open("wb") as filler, contextlib.suppress(OSError):
            for size in (1 << 30, 1 << 24, 1 << 20, 1 << 16, 1 << 12):
                with contextlib.suppress(OSError):
                    while True:
                        end = filler.seek(0, os.SEEK_END)
                        os.posix_fallocate(filler.fileno(), end, size)

    def make_room(self):
        """Give back what `fill` took."""
        self._filler.unlink(missing_ok=True)

    def remove(self):
        """Unmount it and delete it with all that is on it."""
        if os.path.ismount(self.folder):
            with progress.Step("Removing the disk"):
                command = ["umount", "--lazy", self.folder]
                subprocess.run(command, check=False, capture_output=True)
        if not os.path.ismount(self.folder):
            shutil.rmtree(self.folder, ignore_errors=True)
        self.image.unlink(missing_ok=True)
