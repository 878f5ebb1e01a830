from . import state
from . import access
from . import ledger
from . import links
from . import asking
from . import privacy
