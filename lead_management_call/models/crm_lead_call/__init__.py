"""A call that was logged, one concern a file."""

from . import call
from . import notice
from . import undo
