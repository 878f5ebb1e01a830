from . import test_payload
from . import test_lead_hook
from . import test_hook_linkedin
from . import test_hook_meta
from . import test_hook_fuzz
from . import test_hook_concurrency
from . import test_hook_house
from . import test_tour_hook
