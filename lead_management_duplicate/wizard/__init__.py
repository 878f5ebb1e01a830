from . import base_partner_merge
from . import crm_lead_to_opportunity
from . import crm_merge_choice
from . import crm_merge_separate
