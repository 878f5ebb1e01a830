from . import base_partner_merge
from . import crm_lead_convert_value
from . import crm_lead_to_opportunity
from . import crm_lead_to_opportunity_mass
from . import crm_lead_campaign_add
from . import crm_lead_assignment_test
