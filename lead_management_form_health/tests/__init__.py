from . import test_form_health_house
from . import test_form_visits
from . import test_form_trial
from . import test_trial_answers
