from . import crm_lead_ad_goal
from . import crm_lead_ad_conversion
from . import crm_lead
from . import crm_lead_consent_purpose
