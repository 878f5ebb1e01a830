from . import chatbot_script_step
from . import crm_lead_assignment_rule
from . import discuss_channel
