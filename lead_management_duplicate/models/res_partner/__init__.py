from . import account
from . import decision
