"""The ledger of conversions, one concern a file."""

from . import ledger
from . import links
from . import result
from . import merge
from . import undo_plan
from . import undo
from . import notice
