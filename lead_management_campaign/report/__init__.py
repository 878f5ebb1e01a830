from . import crm_lead_report
from . import lead_report
