from . import crm_lead
from . import mailing_trace
