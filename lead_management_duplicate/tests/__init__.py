from . import test_account_duplicate
from . import test_duplicate_undo
from . import test_tour_duplicate
from . import test_duplicate_house
