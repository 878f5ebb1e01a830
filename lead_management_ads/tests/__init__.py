from . import test_ad_file
from . import test_ad_goal
from . import test_ad_house
from . import test_ad_platform
from . import test_tour_ads
