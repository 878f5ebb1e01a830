"""Claiming: a person takes leads that nobody has.

Each file calls those above it, and none below.
"""

from . import claimable
from . import limit
from . import rivals
from . import taking
from . import undo
from . import claim
