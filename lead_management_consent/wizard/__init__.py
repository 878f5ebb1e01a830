from . import base_partner_merge
from . import crm_lead_consent_ask
