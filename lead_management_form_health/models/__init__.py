from . import crm_lead_capture_visit
from . import crm_lead_capture_form
from . import crm_lead_capture_submission
