from . import test_lead_status
from . import test_lead_profile
from . import test_picklists
