from . import crm_lead_decision
from . import crm_lead_decision_told
from . import lead_decision_mixin
from . import res_config_settings
