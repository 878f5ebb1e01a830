from . import crm_lead_consent_purpose
from . import crm_lead_consent_state
from . import crm_lead_consent_event
from . import lead_consent_mixin
from . import crm_lead
from . import res_partner
from . import crm_lead_capture_consent
from . import crm_lead_capture_submission
