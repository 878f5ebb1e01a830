"""The ledger of conversions, one concern a file."""

from . import ledger
from . import uses
from . import undo
from . import notice
