from . import crm_lead
from . import crm_lead_assignment_rule
from . import crm_lead_assignment_simulation
from . import crm_lead_bulk_operation
