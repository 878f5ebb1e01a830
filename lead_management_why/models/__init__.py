from . import crm_lead_decision
from . import crm_lead
from . import res_config_settings
