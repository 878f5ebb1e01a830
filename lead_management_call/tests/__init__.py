from . import test_call_house
from . import test_call_log
from . import test_call_undo
from . import test_call_turn
from . import test_call_life
from . import test_call_engagement
from . import test_tour_calls
