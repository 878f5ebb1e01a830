"""How a form does, one concern a file."""

from . import visitors
from . import page
from . import trial
