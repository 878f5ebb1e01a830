from . import crm_lead_bulk
from . import crm_lead
