from . import crm_lead_capture_code
from . import crm_lead_capture_erase
