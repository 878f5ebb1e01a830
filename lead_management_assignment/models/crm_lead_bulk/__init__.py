from . import change_queue
from . import assign
