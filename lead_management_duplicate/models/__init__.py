from . import crm_account_duplicate
from . import res_partner
