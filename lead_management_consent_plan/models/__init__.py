from . import crm_lead_consent_purpose
from . import mail_activity_plan_template
from . import crm_lead_plan_step
