from . import mail_activity_schedule
from . import crm_lead_bulk
