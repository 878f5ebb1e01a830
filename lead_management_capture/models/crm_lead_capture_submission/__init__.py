"""What visitors sent, one concern a file: the record, how it comes in, what is made of
it, and how it goes."""

from . import submission
from . import decision
from . import receive
from . import answers
from . import limits
from . import store
from . import files
from . import quarantine
from . import recaptcha
from . import process
from . import values
from . import lookups
from . import properties
from . import lead_making
from . import added_to_lead
from . import notification
from . import privacy
