"""The queue, one concern a file."""

from . import queue
from . import arrivals
from . import upkeep
