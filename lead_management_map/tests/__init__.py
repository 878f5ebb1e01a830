from . import test_lead_map
from . import test_map_house
