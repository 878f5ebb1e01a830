from . import lead_plan
