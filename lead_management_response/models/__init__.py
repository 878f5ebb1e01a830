from . import crm_lead_response_policy
from . import crm_lead
from . import mail_activity
