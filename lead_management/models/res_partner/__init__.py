"""What this addon adds to `res.partner`, one concern a file."""

from . import account
from . import account_key
from . import account_probe
from . import account_evidence
from . import account_judgment
from . import account_reason
from . import find_account
from . import account_known
from . import match_decision
from . import find_contact
from . import second_account
from . import conversion
