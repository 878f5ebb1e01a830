from . import crm_lead, lead_neighbour_visit
