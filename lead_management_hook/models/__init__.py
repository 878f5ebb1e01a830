from . import crm_lead_hook
from . import crm_lead_hook_line
from . import crm_lead_hook_call
from . import crm_lead_capture_submission
