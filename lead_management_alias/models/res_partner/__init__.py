from . import find_account
from . import known_as
from . import decision
