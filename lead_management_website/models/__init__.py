from . import crm_lead_assignment_rule
