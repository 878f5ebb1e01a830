from . import crm_account_alias
from . import crm_lead
from . import crm_lead_conversion
from . import res_partner
