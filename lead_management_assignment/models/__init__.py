from . import crm_lead_queue
from . import crm_lead_queue_event
from . import crm_lead_assignment
from . import res_company
from . import crm_lead
from . import crm_lead_bulk
from . import crm_team
from . import res_config_settings
