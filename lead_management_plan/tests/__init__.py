from . import test_plan_house
from . import test_plan_days
from . import test_plan_stop
from . import test_plan_mail
from . import test_plan_rule
from . import test_plan_start
from . import test_plan_life
from . import test_tour_plan
