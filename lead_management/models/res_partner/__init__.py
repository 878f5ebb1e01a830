"""What this addon adds to `res.partner`, one concern a file."""

from . import account
from . import conversion
