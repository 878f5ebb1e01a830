from . import queue_history
from . import queue
from . import assignment
from . import assignment_apply
from . import assignment_left
from . import assignment_decision
from . import doors
from . import home
