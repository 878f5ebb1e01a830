"""The queue, one concern a file."""

from . import queue
