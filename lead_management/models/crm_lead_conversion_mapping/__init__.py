"""What a lead gives to the records it is converted to, as an admin has it."""

from . import mapping
from . import offered
from . import described
from . import rules
