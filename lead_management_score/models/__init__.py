from . import crm_lead_fit_rule
from . import crm_lead_engagement_rule
from . import crm_lead
from . import res_config_settings
