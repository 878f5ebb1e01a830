"""What calls add to leads, one concern a file."""

from . import calls
from . import turn
from . import engagement
