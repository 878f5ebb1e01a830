from . import crm_lead_bulk
from . import crm_lead_to_opportunity_mass
