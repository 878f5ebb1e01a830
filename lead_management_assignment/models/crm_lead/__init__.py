from . import queue_history
from . import queue
from . import assignment
from . import home
