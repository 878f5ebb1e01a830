"""A plan on a lead, one concern a file."""

from . import run
from . import schedule
from . import take
from . import stop
