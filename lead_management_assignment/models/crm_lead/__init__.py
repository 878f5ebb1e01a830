from . import queue
from . import claim
from . import assignment
from . import home
