"""The web form, one concern a file: settings first, then what is made of them."""

from . import form
from . import sample
from . import protection
from . import addresses
from . import language
from . import keys
from . import closed
from . import open_form
from . import start_time
from . import page
from . import headers
from . import preview
from . import labels
from . import problems
from . import notices
from . import statistics
