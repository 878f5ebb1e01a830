"""What is told to an ad platform, one concern a file."""

from . import goal
from . import collecting
from . import handing_out
from . import sending
