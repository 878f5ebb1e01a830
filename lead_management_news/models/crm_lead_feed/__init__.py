from . import feed
from . import profile
from . import fetching
from . import failure
