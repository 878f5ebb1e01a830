"""What this addon adds to `base_import.import`, one concern a file."""

from . import layout
from . import mapping
from . import several_columns
from . import unreadable_cell
from . import units
from . import currencies
from . import number_problems
from . import numbers
from . import dates
from . import contact_details
from . import zip_city
from . import places
from . import picklists
from . import lead_duplicates
from . import all_rows
from . import lead_import
from . import lead_file
from . import background
