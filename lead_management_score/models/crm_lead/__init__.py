"""The two scores of a lead, one concern a file."""

from . import fit
from . import engagement
from . import closed
from . import score_parts
from . import score_decision
