from . import base_partner_merge
from . import crm_account_alias_add
