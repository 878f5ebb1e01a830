from . import crm_lead
from . import crm_lead_assignment_rule
