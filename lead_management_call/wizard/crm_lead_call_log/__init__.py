"""The dialog in which calls are logged, one concern a file."""

from . import log
from . import turn
