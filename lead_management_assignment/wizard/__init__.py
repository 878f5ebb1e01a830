from . import crm_lead_assignment_test
from . import crm_lead_queue_archive
from . import crm_lead_queue_return
from . import crm_lead_bulk
