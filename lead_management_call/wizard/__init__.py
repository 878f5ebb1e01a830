from . import crm_lead_call_log
