from . import crm_duplicate_mixin
from . import crm_account_duplicate
from . import crm_lead_duplicate
from . import crm_lead_not_duplicate
from . import crm_lead_open
from . import res_config_settings_open_lead
from . import res_partner
