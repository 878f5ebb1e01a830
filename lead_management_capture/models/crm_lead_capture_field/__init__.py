"""A question of a web form, one concern a file."""

from . import field
from . import lead_fields
from . import options
from . import properties
from . import constant
from . import condition
from . import files
