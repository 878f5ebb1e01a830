"""What this addon adds to `crm.lead`, one concern a file.

The order below is the order in which the classes stack up: the last one listed is
entered first, and `super()` runs upwards to core's class. They are extensions, not
mixins, so that each may extend core's methods safely.
"""

from . import bases
from . import many_told
from . import typed_fields
from . import profile
from . import industry
from . import rare_fields
from . import stage_time
from . import decision
from . import engagement
from . import rating
from . import bant
from . import bant_gate
from . import status
from . import status_follow
from . import status_change
from . import possible_account
from . import match_decision
from . import chosen_account
from . import conversion_mapped
from . import conversion_mapping
from . import conversion_company
from . import conversion_values
from . import conversion_links
from . import conversion_people
from . import conversion_handover
from . import conversion_steps
from . import conversion_result
from . import conversion
from . import conversion_native
from . import copied
from . import owner
from . import neglect
from . import recycle
from . import recycle_decision
from . import unread
from . import recent
from . import agenda
from . import action_menu
from . import setup_steps
from . import home_views
from . import home_lists
from . import home
from . import merge
from . import open_lead
from . import planning
from . import newcomer
from . import many
from . import system_fields  # last: it sees what a caller gives before others add to it
