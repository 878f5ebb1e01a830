from . import crm_lead_campaign_status
from . import crm_lead_campaign_member
from . import utm_campaign
from . import crm_lead
from . import res_partner
from . import campaign_seats
from . import crm_lead_bulk_operation_campaign
