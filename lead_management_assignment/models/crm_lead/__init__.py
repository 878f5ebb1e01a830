from . import queue_history
from . import queue
from . import assignment
from . import doors
from . import home
