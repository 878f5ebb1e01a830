from . import test_score_house
from . import test_fit
from . import test_engagement
from . import test_score_use
from . import test_score_statistics
from . import test_score_trial
from . import test_tour_score
