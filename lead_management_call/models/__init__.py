from . import crm_lead_call_outcome
from . import crm_lead_call
from . import crm_lead
