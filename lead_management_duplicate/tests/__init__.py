from . import test_account_duplicate
from . import test_duplicate_undo
from . import test_tour_duplicate
from . import test_duplicate_house
from . import test_open_leads
from . import test_open_lead_add
from . import test_tour_open_lead
from . import test_lead_duplicate
