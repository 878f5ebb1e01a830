"""Assignment rules: who gets which lead, and whose turn it is."""

from . import crm_lead_assignment_rule
from . import crm_lead_assignment_rule_entry
from . import entry_filter
from . import entry_target
from . import entry_known
from . import entry_mail
from . import shipped_rule
from . import sample_rule
from . import crm_lead_assignee
from . import assignee_absence
from . import assignee_turns
