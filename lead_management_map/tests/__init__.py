from . import test_lead_map
