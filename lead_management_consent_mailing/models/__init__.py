from . import crm_lead_consent_purpose
from . import mailing_mailing
from . import mailing_trace
