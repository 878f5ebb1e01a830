from . import crm_lead
from . import crm_lead_feed
from . import crm_lead_feed_item
from . import res_config_settings
