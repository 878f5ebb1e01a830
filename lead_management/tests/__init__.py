from . import test_access
from . import test_hooks
from . import test_lead_profile
from . import test_lead_status
from . import test_multi_company
from . import test_picklists
