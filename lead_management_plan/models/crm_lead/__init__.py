"""What plans add to leads, one concern a file."""

from . import plan

# One that goes to another company loses its plan before it gets one there.
from . import plan_stop
from . import plan_start
from . import plan_decision
from . import plan_mail
