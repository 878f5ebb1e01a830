"""Tell the user what happens and how far it is.

On a terminal one line is rewritten in place; in a log file a step is a line when it
starts, one every few seconds while it goes on, and one when it ends.
"""

import shutil
import sys
import threading
import time

QUIET_SECONDS = 15  # between two progress lines where lines can't be rewritten


class Step:
    """A piece of work with a title, shown until it ends."""

    def __init__(self, title: str):
        self.title = title
        self.detail = ""
        self.started = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._last_line = self.started
        self._ended = threading.Event()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def update(self, detail: str, fraction: float | None = None):
        """Show `detail` behind the title, and how far the step is."""
        if fraction is not None:
            detail = f"{min(fraction, 1):4.0%} {detail}"
        self.detail = detail.strip()

    def _show(self):
        line = f"  {self.title}: {self.detail}" if self.detail else f"  {self.title}"
        line += f" ({self.seconds:.0f} s)"
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{line[:width]}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self._last_line > QUIET_SECONDS:
            self._last_line = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    def _watch(self):
        while not self._ended.wait(0.2):
            self._show()

    def __enter__(self):
        if not self._terminal:
            print(f"  {self.title} …", file=sys.stderr, flush=True)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, exc_type, exc, traceback):
        self._ended.set()
        self._thread.join()
        sign = "✓" if exc_type is None else "✗"
        start = "\r\x1b[K" if self._terminal else ""
        print(
            f"{start}{sign} {self.title} ({self.seconds:.1f} s)",
            file=sys.stderr,
            flush=True,
        )


def note(text: str):
    """Say something that is no step."""
    print(text, file=sys.stderr, flush=True)
