from . import crm_lead_score_trial
from . import crm_lead_score_trial_line
